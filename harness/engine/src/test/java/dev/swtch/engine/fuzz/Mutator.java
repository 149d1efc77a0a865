package dev.swtch.engine.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs of good ones by a few changes each; the same seed makes the same inputs. */
final class Mutator {
    private static final int MOST_CHANGES = 5;
    private static final int LARGEST = 1 << 16;
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "00",
            "1e9",
            "0.5",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "99999999999999999999",
            "NaN",
            "-0");

    private final SplittableRandom random;
    private final List<byte[]> good;
    private final List<String> words;

    Mutator(long seed, List<byte[]> good, List<String> words) {
        this.random = new SplittableRandom(seed);
        this.good = good;
        this.words = words;
    }

    byte[] next() {
        byte[] input = any(good).clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            input = changed(input);
        }
        return input.length > LARGEST ? Arrays.copyOf(input, LARGEST) : input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + 1 + random.nextInt(1 + random.nextInt(64)));
        return switch (random.nextInt(9)) {
            case 0 -> put(input, at, at, text(any(words)));
            case 1 -> put(input, at, end, text(any(words)));
            case 2 -> put(input, at, end, new byte[0]);
            case 3 -> put(input, at, at, repeated(Arrays.copyOfRange(input, at, end)));
            case 4 -> put(input, at, Math.min(input.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 5 -> Arrays.copyOf(input, at);
            case 6 -> number(input, at);
            case 7 -> put(input, at, end, part(any(good)));
            default -> lineAgain(input, at);
        };
    }

    private byte[] repeated(byte[] part) {
        int times = random.nextInt(8) == 0 ? 1_000 : 1 + random.nextInt(3);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] part(byte[] input) {
        int from = random.nextInt(input.length + 1);
        return Arrays.copyOfRange(input, from, Math.min(input.length, from + random.nextInt(100)));
    }

    /** Replaces the next number. */
    private byte[] number(byte[] input, int at) {
        int from = at;
        while (from < input.length && !isDigit(input[from])) {
            from++;
        }
        int to = from;
        while (to < input.length && isDigit(input[to])) {
            to++;
        }
        return put(input, from, to, text(any(NUMBERS)));
    }

    /** Copies the line to another place. */
    private byte[] lineAgain(byte[] input, int at) {
        int from = at;
        while (from > 0 && input[from - 1] != '\n') {
            from--;
        }
        int to = at;
        while (to < input.length && input[to] != '\n') {
            to++;
        }
        int place = random.nextInt(input.length + 1);
        return put(input, place, place, Arrays.copyOfRange(input, from, Math.min(input.length, to + 1)));
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static byte[] put(byte[] input, int from, int to, byte[] instead) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(input, 0, from);
        all.writeBytes(instead);
        all.write(input, to, input.length - to);
        return all.toByteArray();
    }

    private static byte[] text(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
