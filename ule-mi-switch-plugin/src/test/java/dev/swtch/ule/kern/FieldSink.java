package dev.swtch.ule.kern;

/** Takes the fields of one CPU, thread or of the whole kernel. */
public interface FieldSink {
    /** A number. */
    void number(String field, long value);

    /** A word. */
    void text(String field, String value);

    /** A list, as JSON text. */
    void json(String field, String value);
}
