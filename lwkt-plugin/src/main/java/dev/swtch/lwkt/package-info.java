/**
 * DragonFly's LWKT as a scheduler plugin: structures in {@code sys}, functions in {@code kern} and {@code usched}.
 *
 * <p>What looks like a defect of DragonFly 3.6 is reproduced. Each that shows in a run has a tunable, whose default is the
 * kernel's behaviour:
 *
 * <ul>
 *   <li>{@code enqueue_by_upri}: the order of {@code td_upri} among equals is never reached;
 *   <li>{@code resched_when_empty}: reschedules are requested although nothing is queued;
 *   <li>{@code resched_after_preempt}: a preempted thread finds one requested;
 *   <li>{@code idle_keeps_priority}: the idle thread is as good as a daemon;
 *   <li>{@code splz_while_contended}: a thread that spins without its tokens lets interrupts in;
 *   <li>{@code exclreq_blocks_shared}: sharers of a token can starve who wants it alone;
 *   <li>{@code idle_sorts_tokens}: failures of the idle thread never lead to the order of addresses;
 *   <li>{@code spin_monitor_waits}: {@code spin_monitor} compares with a value that never occurs, and never waits;
 *   <li>{@code pull_checks_cpumask}: an LWP is pulled to a CPU it may not run on, by usched_bsd4 as the successor of another;
 *   <li>{@code requeue_at_head}: the part of a turn an LWP had left is lost;
 *   <li>{@code rover_when_idle}: an idle CPU pulls only when somebody wakes its helper;
 *   <li>{@code rtprio_own_queues}: realtime priorities share queues by fours;
 *   <li>{@code fork_on_parent_cpu}, {@code fork_without_waker}: a new LWP belongs to CPU 0 and seems woken from there;
 *   <li>{@code fork_resched}: a fork asks for a reschedule, its child's first priority being a change;
 *   <li>{@code features}: 0x8f, although a comment calls 0x10 a default; 0x9f has it.
 * </ul>
 *
 * <p>These have none, because a run could not show it:
 *
 * <ul>
 *   <li>a caller's stack of another size is kept with the wrong size: a stack is no more than its size here, and nothing
 *       that makes threads brings one;
 *   <li>{@code lwkt_create} and the reuse of {@code gd_freetd} leave out an event of the kernel's trace, which has none of
 *       the kind here: the harness traces threads by itself;
 *   <li>{@code TDF_EXITING} is looked at after {@code TDF_RUNNING} was cleared: no other CPU acts between the two;
 *   <li>{@code fairq_enable}, {@code spin_fatal}, {@code batch_time} and usched_dfly's {@code smt} and
 *       {@code cache_coherent} do nothing in the kernel: they are not offered;
 *   <li>{@code lwkt_exit} and {@code lwkt_switch} keep a {@code gd} that may be stale: it is only used where it is not, or
 *       makes no difference.
 * </ul>
 */
package dev.swtch.lwkt;
