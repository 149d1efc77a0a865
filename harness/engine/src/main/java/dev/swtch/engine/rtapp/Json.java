package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Place;
import java.util.List;

/** A value of the input with its place. Objects keep their members in order, duplicates included. */
sealed interface Json {
    Place place();

    /** What the value is, for messages. */
    String kind();

    record Text(Place place, String value) implements Json {
        @Override
        public String kind() {
            return "the string \"" + value + "\"";
        }
    }

    /** A whole number, clamped to 64 bits. */
    record Whole(Place place, long value) implements Json {
        @Override
        public String kind() {
            return "the number " + value;
        }
    }

    /** A number with a fraction or an exponent, or NaN or an infinity; nothing in the language takes one. */
    record Real(Place place, String text) implements Json {
        @Override
        public String kind() {
            return "the number " + text;
        }
    }

    record Bool(Place place, boolean value) implements Json {
        @Override
        public String kind() {
            return value ? "true" : "false";
        }
    }

    record Null(Place place) implements Json {
        @Override
        public String kind() {
            return "null";
        }
    }

    /** The value of a key that stands alone. */
    record Missing(Place place) implements Json {
        @Override
        public String kind() {
            return "no value";
        }
    }

    record Array(Place place, List<Json> items) implements Json {
        public Array {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    record Obj(Place place, List<Member> members) implements Json {
        public Obj {
            members = List.copyOf(members);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** A key with its value; the place is that of the key. */
    record Member(Place place, String key, Json value) {}
}
