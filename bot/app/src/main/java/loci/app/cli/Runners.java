package loci.app.cli;

import loci.command.Exporter;

/**
 * What commands need of the program's parts, put together elsewhere.
 *
 * @param exporter writes a conversation as a file
 */
public record Runners(
        ChatRunner chat,
        ServeRunner serving,
        SetupRunner setup,
        ReplayRunner replays,
        StoreRunner stores,
        Exporter exporter,
        CheckRunner checks) {}
