package dev.swtch.lwkt.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.RunQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small cases worked out by hand from the original source, played as scripts. */
class VectorsTest {
    private final LwktPlayer player = new LwktPlayer();

    private void play(String... operations) {
        for (String operation : operations) {
            assertTrue(!player.play(operation).has("panic"), operation + " panicked");
        }
    }

    private long word() {
        return player.tokens.get(0).count;
    }

    private void playAndExpect(String operation, long word) {
        play(operation);
        assertEquals(word, word(), operation);
    }

    private List<String> runq(int cpu) {
        List<String> names = new ArrayList<>();
        Globaldata gd = player.kernel.gd(cpu);
        for (LwktThread td = gd.tdrunq.first(); td != null; td = RunQueue.next(td)) {
            names.add(td.comm);
        }
        return names;
    }

    @Test
    void token_word_of_an_exclusive_holder_and_one_who_waits() {
        play("boot cpus=2 tokens=1", "create 0 T", "create 1 U", "idle 0", "ipi 1", "idle 1");
        playAndExpect("get 0 K0", 0x1);
        playAndExpect("get 0 K0", 0x5);
        playAndExpect("getsh 0 K0", 0x9);
        playAndExpect("get 1 K0", 0xB);
        playAndExpect("rel 0 K0", 0x7);
        playAndExpect("rel 0 K0", 0x3);
        playAndExpect("rel 0 K0", 0x2);
        playAndExpect("spin 1", 0x1);
    }

    @Test
    void token_word_of_sharers_who_do_not_see_an_exclusive_request() {
        play("boot cpus=5 tokens=1");
        for (int cpu = 0; cpu < 5; cpu++) {
            play("create " + cpu + " T" + cpu, "idle " + cpu);
        }
        play("getsh 0 K0", "getsh 1 K0");
        playAndExpect("getsh 2 K0", 0xC);
        playAndExpect("get 3 K0", 0xE);
        playAndExpect("getsh 4 K0", 0x12);
    }

    @Test
    void equal_priorities_queue_first_come_first_served_whatever_their_upri() {
        play(
                "boot cpus=1 tokens=0",
                "create 0 a pri=28",
                "create 0 b pri=12",
                "create 0 c pri=10 upri=-152",
                "create 0 d pri=12 upri=5");
        assertEquals(List.of("a", "b", "d", "c"), runq(0));
        play("deschedule 0 d", "create 0 e pri=10 upri=-128");
        assertEquals(List.of("a", "b", "c", "e"), runq(0));
    }

    @Test
    void the_clock_moves_the_current_thread_behind_its_equals() {
        play("boot cpus=1 tokens=0", "create 0 x pri=12", "create 0 y pri=12", "create 0 z pri=10", "idle 0");
        assertEquals("x", player.kernel.gd(0).curthread.comm);
        play("clock 0");
        assertEquals(List.of("y", "x", "z"), runq(0));
        assertTrue(player.kernel.gd(0).lwktReschedWanted());
    }
}
