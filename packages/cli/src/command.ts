/** One subcommand of `clientele`. */
export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What `--help` prints. */
  help: string
  /** Resolves with the exit code. */
  run(args: string[]): Promise<number>
  /** Ends the process when it has run, whatever is still under way. */
  endsAtOnce?: true
}

/** A mistake of the user: printed without a stack, exit code 2. */
export class UsageError extends Error {}
