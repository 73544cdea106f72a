package loci.console;
/** stub. */
abstract non-sealed class TerminalConsole implements ConsolePlatform {}
