import { ClienteleError } from '../errors/errors.js'
import { inTime } from '../service/in-time.js'

/** One answer to a probe: the HTTP status and the JSON body. */
export interface HealthReport {
  status: 200 | 503
  body: { status: 'ok' | 'unavailable' | 'draining'; checks?: Record<string, string> }
}

/** Answers Kubernetes probes: `/livez` checks nothing, `/readyz` everything that a request needs. */
export interface Health {
  live(): HealthReport
  ready(): Promise<HealthReport>
  /** From now on not ready, so that no new requests are sent here. */
  drain(): void
}

/** Rejects where a request cannot be answered; a text that it resolves with is told all the same, such as what is away and not needed now. */
export type ReadinessCheck = () => Promise<unknown>

/**
 * Each check resolves or rejects; all run side by side, and one that gives no answer in time counts as failed. A check that still runs is not
 * started again. The report tells an error's code or, for our own errors, its message; anything else could show our insides.
 */
export function health(o: { checks: Record<string, ReadinessCheck>; timeoutMs?: number }): Health {
  const { checks, timeoutMs = 2_000 } = o
  const running = new Map<string, Promise<Outcome>>()
  let draining = false

  function run(name: string, check: ReadinessCheck): Promise<Outcome> {
    const started = running.get(name) ?? outcome(check).finally(() => running.delete(name))
    running.set(name, started)
    return inTime(timeoutMs, () => started).catch(({ message }: Error) => ({ ok: false, told: message }))
  }

  return {
    live: () => ({ status: 200, body: { status: 'ok' } }),
    async ready() {
      if (draining) return { status: 503, body: { status: 'draining' } }
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await run(name, check)] as const),
      )
      const ok = results.every(([, result]) => result.ok)
      const told = Object.fromEntries(results.map(([name, result]) => [name, result.told]))
      return {
        status: ok ? 200 : 503,
        body: { status: ok ? 'ok' : 'unavailable', checks: told },
      }
    },
    drain() {
      draining = true
    },
  }
}

interface Outcome {
  ok: boolean
  told: string
}

async function outcome(check: ReadinessCheck): Promise<Outcome> {
  try {
    const told = await check()
    return { ok: true, told: typeof told === 'string' ? told : 'ok' }
  } catch (error) {
    if (error instanceof ClienteleError) return { ok: false, told: error.message }
    const { code } = Object(error) as { code?: unknown }
    return { ok: false, told: typeof code === 'string' && /^[\w.]{1,40}$/.test(code) ? code : 'failed' }
  }
}
