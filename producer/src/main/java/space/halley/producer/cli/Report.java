package space.halley.producer.cli;

/** How results reach whoever gave the command. Belongs to one thread. */
interface Report extends AutoCloseable {
    /** One product is settled. */
    void result(Result result);

    /** All products are settled, or nothing more can be done. */
    void summary(Tally tally);

    /** Takes away what is only shown meanwhile. */
    @Override
    void close();
}
