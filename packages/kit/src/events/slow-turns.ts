/**
 * Turns of tenants whose events take long: of one tenant one at a time, of a service with all its consumers a few, so that neither many slow
 * tenants nor one that is slow everywhere takes the connections that the others need. Who had theirs longest ago comes first.
 */
export interface SlowTurns {
  /** Resolves when it is the tenant's turn, with what ends it; with undefined where the service stops. */
  take(tenant: string): Promise<(() => void) | undefined>
  hasRoom(): boolean
  /** Counts work as a turn that goes on although nobody waits for it any more. */
  occupy(tenant: string, work: Promise<unknown>): void
  /** Resolves when nothing goes on any more; nobody has a turn from now on. */
  close(): Promise<void>
}

interface Waiting {
  tenant: string
  begin(end: (() => void) | undefined): void
}

export const createSlowTurns = (most: number): SlowTurns => {
  const lastTurns = new Map<string, number>()
  let turns = 0
  let running: readonly { tenant: string }[] = []
  let waiting: readonly Waiting[] = []
  let closed = false
  const occupied = new Set<Promise<unknown>>()

  const run = (tenant: string) => {
    const turn = { tenant }
    running = [...running, turn]
    lastTurns.set(tenant, ++turns)
    return () => {
      running = running.filter((each) => each !== turn)
      beginNext()
    }
  }

  const beginNext = () => {
    while (running.length < most) {
      const [next] = waiting
        .filter(({ tenant }) => running.every((each) => each.tenant !== tenant))
        .sort((a, b) => (lastTurns.get(a.tenant) ?? 0) - (lastTurns.get(b.tenant) ?? 0))
      if (!next) return
      waiting = waiting.filter((each) => each !== next)
      next.begin(run(next.tenant))
    }
  }

  return {
    take: (tenant) =>
      new Promise((begin) => {
        if (closed) return begin(undefined)
        waiting = [...waiting, { tenant, begin }]
        beginNext()
      }),
    hasRoom: () => running.length < most,
    occupy: (tenant, work) => {
      const end = run(tenant)
      const ended = work.then(end, end).finally(() => occupied.delete(ended))
      occupied.add(ended)
    },
    close: async () => {
      closed = true
      for (const { begin } of waiting) begin(undefined)
      waiting = []
      await Promise.all(occupied)
    },
  }
}
