import type { Job } from '@clientele/kit'
import type { Agent } from 'undici'
import { webhookSettings } from '../config.js'
import { type Claimed, claimDue } from './claim.js'
import { openAgent } from './connector.js'
import { post } from './post.js'
import { settle } from './settle.js'
import { verdictOn } from './verdict.js'

const capacity = 64
const failingCapacity = 16
const pollMs = 200

/** Delivers what is due, as long as there is anything; slow endpoints take up their own places only. */
export const deliverWebhooks: Job = {
  name: 'integrations-deliver-webhooks',
  everyMs: pollMs,
  run: async (ctx) => {
    const settings = webhookSettings(ctx.settings)
    const rules = { ports: settings.WEBHOOK_PORTS, loopback: settings.WEBHOOK_ALLOW_LOOPBACK }
    const underWay = new Map<Promise<void>, Claimed>()
    let agent: Agent | undefined
    let taken = 0

    const send = async (claimed: Claimed) => {
      agent ??= openAgent({ loopback: rules.loopback, connectTimeoutMs: settings.WEBHOOK_TIMEOUT_MS })
      const startedAt = ctx.now()
      const parcel = { ...claimed, isTest: claimed.cause === 'TEST' }
      const outcome = await post(parcel, { agent, rules, timeoutMs: settings.WEBHOOK_TIMEOUT_MS, now: ctx.now })
      const verdict = verdictOn(outcome, {
        attempt: claimed.attempt,
        retrySeconds: settings.WEBHOOK_RETRY_SECONDS,
        now: ctx.now(),
        random: Math.random(),
      })
      await settle(ctx, claimed, startedAt, outcome, verdict)
    }

    const takeUp = async (failing: boolean, perEndpoint: number, places: number) => {
      const lane = { failing, perEndpoint, free: places - count(underWay, failing) }
      for (const claimed of await claimDue(ctx, lane, perEndpointOf(underWay), settings)) {
        taken++
        // What cannot be written down is due again when its lease ends.
        const sent = send(claimed).catch((error) => ctx.log.warn({ err: error }, 'a delivery could not be settled'))
        underWay.set(sent, claimed)
        void sent.then(() => underWay.delete(sent))
      }
    }

    try {
      for (;;) {
        const wasIdle = underWay.size === 0
        if (!ctx.signal.aborted) {
          await takeUp(false, settings.WEBHOOK_CONCURRENCY, capacity)
          await takeUp(true, 1, failingCapacity)
        }
        // What was settled while we looked may have let others come due.
        if (underWay.size) await soonerOf(underWay.keys(), pollMs)
        else if (wasIdle || ctx.signal.aborted) return taken
      }
    } finally {
      await Promise.all(underWay.keys())
      await agent?.destroy()
    }
  },
}

const count = (underWay: ReadonlyMap<unknown, Claimed>, failing: boolean) =>
  [...underWay.values()].filter((claimed) => (claimed.failingSince !== null) === failing).length

const perEndpointOf = (underWay: ReadonlyMap<unknown, Claimed>) => {
  const counts = new Map<string, number>()
  for (const { endpointId } of underWay.values()) counts.set(endpointId, (counts.get(endpointId) ?? 0) + 1)
  return counts
}

const soonerOf = async (promises: Iterable<Promise<void>>, ms: number) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([promise, ...promises]).finally(() => clearTimeout(timer))
}
