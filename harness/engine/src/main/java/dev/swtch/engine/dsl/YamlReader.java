package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Utf8;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the text of a YAML file as a tree. Aliases are copied out, and everything counts against a limit, so that a
 * small file cannot become a large one.
 */
final class YamlReader {
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_VALUES = 500_000;
    private static final int DEEPEST = 100;

    /** What YAML itself says of values that have no tag. */
    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final String file;
    private final Findings findings;
    private int values;

    YamlReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    Yaml read(byte[] content) {
        Node root = compose(decode(content));
        return convert(root, 0, null);
    }

    private String decode(byte[] content) {
        Place start = new Place(file, 1, 1);
        if (content.length > MOST_BYTES) {
            throw new Unreadable(start, "the file is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        if (isUtf16(content)) {
            throw new Unreadable(start, "the file is UTF-16 text: save it as UTF-8");
        }
        for (int i = 0; i < content.length; i++) {
            if (content[i] >= 0 && content[i] < ' ' && "\t\n\r".indexOf(content[i]) < 0) {
                throw new Unreadable(placeOf(content, i), "the file is binary, not a text");
            }
        }
        String text = Utf8.decode(content);
        if (text == null) {
            throw new Unreadable(start, "the file is not UTF-8 text");
        }
        return text;
    }

    /** Whether it begins with the mark of such texts. */
    private static boolean isUtf16(byte[] content) {
        return content.length > 1
                && (content[0] == (byte) 0xff && content[1] == (byte) 0xfe
                        || content[0] == (byte) 0xfe && content[1] == (byte) 0xff);
    }

    private Place placeOf(byte[] content, int at) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < at; i++) {
            if (content[i] == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return new Place(file, line, at - begin + 1);
    }

    private Node compose(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(MOST_BYTES)
                .setMaxAliasesForCollections(MOST_VALUES)
                .build();
        try {
            refuseTooMany(text, settings);
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                throw new Unreadable(new Place(file, 1, 1), "the file is empty: there is no workload in it");
            }
            Node first = documents.next();
            if (documents.hasNext()) {
                throw new Unreadable(
                        place(documents.next()), "a second document begins here: a file holds one workload");
            }
            return first;
        } catch (MarkedYamlEngineException wrong) {
            throw new Unreadable(
                    wrong.getProblemMark().map(this::place).orElse(new Place(file, 1, 1)),
                    "not YAML: " + why(wrong) + quotes(text, wrong));
        } catch (YamlEngineException wrong) {
            throw new Unreadable(
                    new Place(file, 1, 1), "not YAML: " + Texts.shortened(String.valueOf(wrong.getMessage())));
        } catch (StackOverflowError deep) {
            throw new Unreadable(new Place(file, 1, 1), "lists and mappings are nested too deeply");
        }
    }

    /** Counts the values before any is kept, unless there are too few separators for too many of them. */
    private void refuseTooMany(String text, LoadSettings settings) {
        long separators = text.chars()
                .filter(each -> each == ',' || each == ':' || each == '\n' || each == '-' || each == '[' || each == '{')
                .count();
        if (separators < MOST_VALUES) {
            return;
        }
        int found = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            boolean value = event.getEventId() == Event.ID.Scalar
                    || event.getEventId() == Event.ID.SequenceStart
                    || event.getEventId() == Event.ID.MappingStart;
            found += value ? 1 : 0;
            if (found > 2 * MOST_VALUES) {
                throw new Unreadable(
                        event.getStartMark().map(this::place).orElse(new Place(file, 1, 1)),
                        "the file has far more than " + MOST_VALUES + " values");
            }
        }
    }

    private static String why(MarkedYamlEngineException wrong) {
        String context = wrong.getContext() == null ? "" : wrong.getContext() + ", ";
        return (context + wrong.getProblem()).replaceAll("\\s+", " ").trim();
    }

    /** The commonest mistake: in flow style an expression needs quotes. */
    private static String quotes(String text, MarkedYamlEngineException wrong) {
        int line = wrong.getProblemMark().map(Mark::getLine).orElse(0);
        String written = text.lines().skip(line).findFirst().orElse("");
        return written.contains("${") ? "; inside { } and [ ] an expression needs quotes: \"${...}\"" : "";
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place place(Node node) {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(this::place).orElse(new Place(file, 1, 1));
    }

    /** The tree below a node; what is reached through an alias is said to be where the alias's holder is. */
    private Yaml convert(Node node, int depth, @Nullable Place holder) {
        Place place = place(node);
        if (++values > MOST_VALUES) {
            throw new Unreadable(
                    holder == null ? place : holder,
                    "the file has more than " + MOST_VALUES + " values, counting aliases each time they are used");
        }
        if (depth > DEEPEST) {
            throw new Unreadable(
                    holder == null ? place : holder,
                    node.isRecursive() ? "an alias contains itself" : "lists and mappings are nested too deeply");
        }
        if (node instanceof ScalarNode scalar) {
            checkTag(node, place);
            return new Yaml.Scalar(place, scalar.getValue(), !scalar.isPlain());
        }
        if (node instanceof SequenceNode sequence) {
            checkTag(node, place);
            List<Yaml> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1, place));
            }
            return new Yaml.Seq(place, items);
        }
        checkTag(node, place);
        return mapping((MappingNode) node, place, depth);
    }

    private Yaml.Obj mapping(MappingNode node, Place place, int depth) {
        List<Yaml.Member> members = new ArrayList<>();
        Map<String, Place> seen = new TreeMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place at = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new Unreadable(at, "a key must be a word: write \"${...}\" with quotes");
            }
            Place before = seen.putIfAbsent(key.getValue(), at);
            Yaml value = convert(tuple.getValueNode(), depth + 1, at);
            if (before == null) {
                members.add(new Yaml.Member(at, key.getValue(), value));
            } else {
                findings.add(Diagnostic.at(
                        at,
                        "key \"" + Texts.shortened(key.getValue()) + "\" is there already, in line " + before.line()));
            }
        }
        return new Yaml.Obj(place, members);
    }

    private void checkTag(Node node, Place place) {
        String tag = node.getTag().getValue();
        if (!TAGS.contains(node.getTag())) {
            findings.error(place, "tags are not part of the language, but here is " + Texts.shortened(tag));
        }
    }
}
