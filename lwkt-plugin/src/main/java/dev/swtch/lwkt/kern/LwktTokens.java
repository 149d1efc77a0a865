package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.LwktToken.TOK_COUNTMASK;
import static dev.swtch.lwkt.sys.LwktToken.TOK_EXCLREQ;
import static dev.swtch.lwkt.sys.LwktToken.TOK_EXCLUSIVE;
import static dev.swtch.lwkt.sys.LwktToken.TOK_INCR;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Tokref;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.thread.WaitPlace;

/**
 * Tokens, sys/kern/lwkt_token.c: locks that are held only while their holder runs.
 *
 * <p>A thread that wants a token it cannot get stays on the run queue and is polled by {@code lwkt_switch}. No other CPU
 * moves while a path runs, so a locked compare-and-set always succeeds and further attempts of
 * {@code _lwkt_trytokref_spin} would find the same: they are paid for but not made.
 */
public final class LwktTokens {
    /** {@code lwkt.token_spin}: further attempts at a token before giving up. */
    private static final int TOKEN_SPIN = 5;

    private static final int SHARED = 0;
    private static final int EXCLUSIVE = 1;

    private final LwktKernel k;
    private final Frame<Tokref> gottoken = new Frame<>("GOTTOKEN", this::gottoken);

    LwktTokens(LwktKernel k) {
        this.k = k;
    }

    // ---- one reference ------------------------------------------------------------------------------------------

    /** {@code _lwkt_trytokref}, sys/kern/lwkt_token.c. */
    private static boolean trytokref(Globaldata gd, Tokref ref, LwktThread td, long mode) {
        LwktToken tok = token(ref);
        if ((mode & TOK_EXCLREQ) != 0 && td.gd.intrNestingLevel != 0) {
            throw Kassert.failed(
                    gd,
                    "_lwkt_trytokref",
                    "((mode & TOK_EXCLREQ) == 0 || td->td_gd->gd_intr_nesting_level == 0 || panic_cpu_gd == mycpu)",
                    "Attempt to acquire token " + tok.desc + " not already held in hard code section");
        }
        gd.cpu.charge(Charge.ATOMIC);
        long count = tok.count;
        if ((mode & TOK_EXCLUSIVE) != 0) {
            if ((count & ~TOK_EXCLREQ) == 0) {
                kkassert(tok.ref == null, gd, "_lwkt_trytokref", "tok->t_ref == NULL");
                tok.count = TOK_EXCLUSIVE;
                tok.ref = ref;
                return true;
            }
            if ((count & TOK_EXCLUSIVE) != 0 && owns(td, tok)) {
                tok.count += TOK_INCR;
                ref.count &= ~TOK_EXCLUSIVE;
                return true;
            }
            if ((mode & TOK_EXCLREQ) != 0 && (count & TOK_EXCLREQ) == 0) {
                tok.count |= TOK_EXCLREQ;
            }
            return false;
        }
        long refused = gd.exclreqBlocksShared ? TOK_EXCLUSIVE | TOK_EXCLREQ : TOK_EXCLUSIVE;
        if ((count & refused) == 0 || owns(td, tok)) {
            tok.count += TOK_INCR;
            return true;
        }
        return false;
    }

    /** Whether the reference that has the exclusive bit is one of the thread's. */
    private static boolean owns(LwktThread td, LwktToken tok) {
        Tokref oref = tok.ref;
        return oref != null && oref.array == td && oref.index < td.toksStop;
    }

    /** {@code _lwkt_trytokref_spin}, sys/kern/lwkt_token.c. */
    private static boolean trytokrefSpin(Globaldata gd, Tokref ref, LwktThread td, long mode) {
        if (trytokref(gd, ref, td, mode)) {
            return true;
        }
        gd.cpu.charge(Charge.ATOMIC, TOKEN_SPIN);
        return false;
    }

    /** {@code _lwkt_reltokref}, sys/kern/lwkt_token.c. */
    private static void reltokref(Globaldata gd, Tokref ref) {
        LwktToken tok = token(ref);
        gd.cpu.charge(Charge.ATOMIC);
        if (tok.ref == ref) {
            kkassert((tok.count & TOK_EXCLUSIVE) != 0, gd, "_lwkt_reltokref", "count & TOK_EXCLUSIVE");
            tok.ref = null;
            tok.count &= ~TOK_EXCLUSIVE;
        } else {
            kkassert((tok.count & TOK_COUNTMASK) != 0, gd, "_lwkt_reltokref", "count & TOK_COUNTMASK");
            tok.count -= TOK_INCR;
        }
    }

    private static LwktToken token(Tokref ref) {
        LwktToken tok = ref.tok;
        if (tok == null) {
            throw new IllegalStateException("a token reference was used before it was initialised");
        }
        return tok;
    }

    // ---- all references of a thread -----------------------------------------------------------------------------

    /** {@code lwkt_getalltokens}, sys/kern/lwkt_token.c: takes all tokens a thread wants, or none. */
    boolean lwktGetalltokens(Globaldata gd, LwktThread td, boolean sorted) {
        if (sorted) {
            return getalltokensSorted(gd, td);
        }
        for (int scan = 0; scan < td.toksStop; ++scan) {
            Tokref ref = td.tokref(scan);
            if (!take(gd, td, ref, scan == td.toksStop - 1)) {
                while (--scan >= 0) {
                    reltokref(gd, td.tokref(scan));
                }
                return false;
            }
        }
        return true;
    }

    /** {@code _lwkt_getalltokens_sorted}, sys/kern/lwkt_token.c: the same in the order of addresses. */
    private boolean getalltokensSorted(Globaldata gd, LwktThread td) {
        Tokref[] array = k.sortedTokens(gd.cpuid);
        int n = td.toksStop;
        for (int i = 0; i < n; ++i) {
            Tokref ref = td.tokref(i);
            long address = token(ref).address;
            int j = i;
            while (j > 0 && token(array[j - 1]).address > address) {
                array[j] = array[j - 1];
                --j;
            }
            array[j] = ref;
        }
        for (int i = 0; i < n; ++i) {
            if (!take(gd, td, array[i], i == n - 1)) {
                while (--i >= 0) {
                    reltokref(gd, array[i]);
                }
                return false;
            }
        }
        return true;
    }

    private static boolean take(Globaldata gd, LwktThread td, Tokref ref, boolean last) {
        boolean taken = last ? trytokrefSpin(gd, ref, td, ref.count) : trytokref(gd, ref, td, ref.count);
        if (!taken) {
            LwktToken tok = token(ref);
            td.wmesg = tok.desc;
            ++tok.collisions;
        }
        return taken;
    }

    /** {@code lwkt_relalltokens}, sys/kern/lwkt_token.c: releases what a thread that leaves its CPU really holds. */
    void lwktRelalltokens(Globaldata gd, LwktThread td) {
        int scan;
        if (td.toksHave >= 0) {
            scan = td.toksHave;
            td.toksHave = -1;
        } else {
            scan = td.toksStop;
        }
        while (--scan >= 0) {
            reltokref(gd, td.tokref(scan));
        }
    }

    // ---- for the running thread ---------------------------------------------------------------------------------

    /** {@code lwkt_gettoken}, sys/kern/lwkt_token.c. */
    public Next lwktGettoken(Globaldata gd, LwktToken tok) {
        return gettoken(gd, tok, TOK_EXCLUSIVE | TOK_EXCLREQ);
    }

    /** {@code lwkt_gettoken_shared}, sys/kern/lwkt_token.c. */
    public Next lwktGettokenShared(Globaldata gd, LwktToken tok) {
        return gettoken(gd, tok, TOK_EXCLREQ);
    }

    private Next gettoken(Globaldata gd, LwktToken tok, long mode) {
        LwktThread td = gd.curthread;
        Tokref ref = initTokref(gd, td, tok, mode);
        if (trytokrefSpin(gd, ref, td, mode)) {
            return Next.RETURN;
        }
        td.wmesg = tok.desc;
        ++tok.collisions;
        td.toksHave = td.toksStop - 1;
        td.noteWaitsAt(gd, WaitPlace.LOCK);
        gd.cpu.push(gottoken, ref, (mode & TOK_EXCLUSIVE) != 0 ? EXCLUSIVE : SHARED, 0);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Next gottoken(Cpu cpu, Tokref ref, int mode, long b) {
        boolean held = token(ref).ref == ref;
        kkassert(held || mode == SHARED, Globaldata.of(cpu), "lwkt_gettoken", "tok->t_ref == ref");
        return Next.RETURN;
    }

    /** {@code lwkt_trytoken}, sys/kern/lwkt_token.c. */
    public boolean lwktTrytoken(Globaldata gd, LwktToken tok) {
        LwktThread td = gd.curthread;
        Tokref ref = initTokref(gd, td, tok, TOK_EXCLUSIVE | TOK_EXCLREQ);
        if (trytokref(gd, ref, td, TOK_EXCLUSIVE)) {
            return true;
        }
        --td.toksStop;
        ++tok.collisions;
        return false;
    }

    private static Tokref initTokref(Globaldata gd, LwktThread td, LwktToken tok, long mode) {
        kkassert(td.toksStop < LwktThread.LWKT_MAXTOKENS, gd, "lwkt_gettoken", "ref < &td->td_toks_end");
        Tokref ref = td.pushTokref();
        ref.tok = tok;
        ref.count = mode;
        ref.owner = td;
        return ref;
    }

    /** {@code lwkt_reltoken}, sys/kern/lwkt_token.c: releases the token that was taken last. */
    public void lwktReltoken(Globaldata gd, LwktToken tok) {
        LwktThread td = gd.curthread;
        int top = td.toksStop - 1;
        kkassert(
                top >= 0 && td.tokref(top).tok == tok,
                gd,
                "lwkt_reltoken",
                "ref >= &td->td_toks_base && ref->tr_tok == tok");
        reltokref(gd, td.tokref(top));
        td.toksStop = top;
    }

    /** {@code lwkt_cnttoken}, sys/kern/lwkt_token.c: how often a thread holds or wants a token. */
    public int lwktCnttoken(LwktToken tok, LwktThread td) {
        int count = 0;
        for (int scan = 0; scan < td.toksStop; ++scan) {
            if (td.tokref(scan).tok == tok) {
                ++count;
            }
        }
        return count;
    }

    /** {@code lwkt_token_swap}, sys/kern/lwkt_token.c: exchanges the two tokens that were taken last. */
    public Next lwktTokenSwap(Globaldata gd) {
        LwktThread td = gd.curthread;
        gd.critEnter();
        kkassert(td.toksStop >= 1, gd, "lwkt_token_swap", "ref1 >= &td->td_toks_base");
        kkassert(td.toksStop >= 2, gd, "lwkt_token_swap", "ref2 >= &td->td_toks_base");
        Tokref ref1 = td.tokref(td.toksStop - 1);
        Tokref ref2 = td.tokref(td.toksStop - 2);
        LwktToken tok1 = token(ref1);
        LwktToken tok2 = token(ref2);
        if (tok1 != tok2) {
            long count1 = ref1.count;
            ref1.tok = tok2;
            ref1.count = ref2.count;
            ref2.tok = tok1;
            ref2.count = count1;
            if (tok1.ref == ref1) {
                tok1.ref = ref2;
            }
            if (tok2.ref == ref2) {
                tok2.ref = ref1;
            }
        }
        return k.splz.critExit(gd);
    }
}
