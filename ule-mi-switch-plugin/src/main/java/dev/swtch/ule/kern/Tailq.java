package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/**
 * A list whose links lie in its members, so that any of them can be taken out: {@code TAILQ} and {@code LIST},
 * sys/sys/queue.h.
 *
 * @param <T> what is listed
 */
final class Tailq<T> {
    private @Nullable Link<T> first;
    private @Nullable Link<T> last;

    /**
     * A member's place in a list: {@code TAILQ_ENTRY}.
     *
     * @param <T> what is listed
     */
    static final class Link<T> {
        private final T member;
        private @Nullable Link<T> next;
        private @Nullable Link<T> prev;

        Link(T member) {
            this.member = member;
        }

        /** {@code TAILQ_NEXT}. */
        @Nullable
        T next() {
            return memberOf(next);
        }

        /** {@code TAILQ_PREV}. */
        @Nullable
        T prev() {
            return memberOf(prev);
        }
    }

    private static <T> @Nullable T memberOf(@Nullable Link<T> link) {
        return link == null ? null : link.member;
    }

    /** {@code TAILQ_FIRST}. */
    @Nullable
    T first() {
        return memberOf(first);
    }

    /** {@code TAILQ_LAST}. */
    @Nullable
    T last() {
        return memberOf(last);
    }

    /** {@code TAILQ_INSERT_HEAD}. */
    void insertHead(Link<T> link) {
        insertBefore(first, link);
    }

    /** {@code TAILQ_INSERT_TAIL}. */
    void insertTail(Link<T> link) {
        insertBefore(null, link);
    }

    /** {@code TAILQ_INSERT_BEFORE}; before nothing is at the tail. */
    void insertBefore(@Nullable Link<T> next, Link<T> link) {
        Link<T> prev = next == null ? last : next.prev;
        link.prev = prev;
        link.next = next;
        if (prev == null) {
            first = link;
        } else {
            prev.next = link;
        }
        if (next == null) {
            last = link;
        } else {
            next.prev = link;
        }
    }

    /** {@code TAILQ_REMOVE}. */
    void remove(Link<T> link) {
        Link<T> next = link.next;
        Link<T> prev = link.prev;
        if (prev == null) {
            first = next;
        } else {
            prev.next = next;
        }
        if (next == null) {
            last = prev;
        } else {
            next.prev = prev;
        }
        link.next = null;
        link.prev = null;
    }

    /** Takes the first out, if there is one. */
    @Nullable
    T removeFirst() {
        Link<T> link = first;
        if (link == null) {
            return null;
        }
        remove(link);
        return link.member;
    }
}
