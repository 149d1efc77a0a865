package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Place;
import java.util.List;

/** A value of a YAML file, with the place where it begins. */
sealed interface Yaml {
    /** Where it begins. */
    Place place();

    /** What it is, for messages. */
    String kind();

    /** A word, a number, a text. */
    record Scalar(Place place, String text, boolean quoted) implements Yaml {
        @Override
        public String kind() {
            return text.isEmpty() && !quoted ? "nothing" : "\"" + Texts.shortened(text) + "\"";
        }
    }

    /** A value that had to be there and is not; this has been said. */
    record Missing(Place place) implements Yaml {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** A list. */
    record Seq(Place place, List<Yaml> items) implements Yaml {
        /** Copies the list. */
        public Seq {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping; its keys are different from each other. */
    record Obj(Place place, List<Member> members) implements Yaml {
        /** Copies the list. */
        public Obj {
            members = List.copyOf(members);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A key with its value. */
    record Member(Place place, String key, Yaml value) {}
}
