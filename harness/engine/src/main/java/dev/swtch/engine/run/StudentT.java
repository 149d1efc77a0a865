package dev.swtch.engine.run;

/** Student's t distribution with a whole number of degrees of freedom. */
final class StudentT {
    private static final int HALVINGS = 100;

    private StudentT() {}

    /**
     * How many standard errors lie to either side of the mean in an interval of some confidence.
     *
     * @param confidence above 0 and below 1
     * @param freedom degrees of freedom, at least 1
     */
    static double width(double confidence, int freedom) {
        double low = 0;
        double high = 1;
        while (inside(high, freedom) < confidence) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (inside(middle, freedom) < confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability of a value between -t and t: a finite sum (Abramowitz and Stegun, 26.7.3 and 26.7.4). */
    static double inside(double t, int freedom) {
        double angle = StrictMath.atan(t / StrictMath.sqrt(freedom));
        double cos = StrictMath.cos(angle);
        boolean odd = (freedom & 1) == 1;
        double term = odd ? cos : 1;
        double sum = odd && freedom == 1 ? 0 : term;
        for (int i = odd ? 3 : 2; i <= freedom - 2; i += 2) {
            term *= cos * cos * (i - 1) / i;
            sum += term;
        }
        double series = StrictMath.sin(angle) * sum;
        return odd ? 2 / StrictMath.PI * (angle + series) : series;
    }
}
