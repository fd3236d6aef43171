import { ClienteleError } from '../errors/errors.js'

/**
 * Ends a process that cannot start with exit code 1: what whoever runs it can put right, such as a setting or a port, is told in a
 * sentence; what nobody expected with its stack.
 */
export const cannotStart = (error: unknown): never => {
  const isExpected = error instanceof ClienteleError
  process.stderr.write(`${isExpected ? error.message : ((error as Error)?.stack ?? String(error))}\n`)
  process.exit(1)
}
