package dev.swtch.report.fluid;

/** How much of the CPUs each thread gets; none more than one whole CPU. */
public enum FluidRule {
    /** All alike. */
    PROCESSOR_SHARING("processor sharing"),
    /** More urgent classes and ranks first; timeshare threads by weight, each nice value worth a fifth less. */
    FAIR_SHARE("fair share");

    private final String title;

    FluidRule(String title) {
        this.title = title;
    }

    /** What it is called. */
    public String title() {
        return title;
    }
}
