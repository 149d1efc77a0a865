package dev.swtch.report.text;

/** Breaks sentences into lines. */
public final class Paragraph {
    /** Width the whole report keeps to where it can. */
    public static final int WIDTH = 100;

    private Paragraph() {}

    /** The text in lines of at most {@link #WIDTH} characters, the first after one indent, the others after another. */
    public static String wrap(String text, String first, String others) {
        StringBuilder wrapped = new StringBuilder(first);
        int column = first.length();
        boolean fresh = true;
        for (String word : text.strip().split(" +", -1)) {
            if (!fresh && column + 1 + word.length() > WIDTH) {
                wrapped.append('\n').append(others);
                column = others.length();
                fresh = true;
            }
            wrapped.append(fresh ? "" : " ").append(word);
            column += word.length() + (fresh ? 0 : 1);
            fresh = false;
        }
        return wrapped.toString();
    }
}
