import type { RunningService } from '@clientele/kit'

/** What the services of one process need to be ready, each by its own name: `profiles.database`. */
export const checksOf = (running: Iterable<RunningService>) =>
  Object.fromEntries(
    [...running].flatMap(({ name, checks }) =>
      Object.entries(checks).map(([what, check]) => [`${name}.${what}`, check]),
    ),
  )
