package dev.swtch.engine.dsl;

/** Reads a number of bytes, such as {@code 100}, {@code 100B} or {@code 64KiB}. */
final class ByteCount {
    private static final long MOST = 1L << 40;

    private ByteCount() {}

    static long read(Values values, Yaml value, String what) {
        if (value instanceof Yaml.Missing) {
            return 1;
        }
        String text = values.text(value, what);
        int split = 0;
        while (split < text.length() && text.charAt(split) >= '0' && text.charAt(split) <= '9') {
            split++;
        }
        long unit = switch (text.substring(split).trim()) {
            case "", "B" -> 1L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 0L;
        };
        long number = split == 0 || split > 12 ? 0 : Long.parseLong(text.substring(0, split));
        long bytes = number > MOST ? 0 : number * unit;
        if (bytes < 1 || bytes > MOST) {
            if (!text.isEmpty()) {
                values.findings().expected(value.place(), what, "a size such as 100B, 64KiB or 1MiB", value.kind());
            }
            return 1;
        }
        return bytes;
    }
}
