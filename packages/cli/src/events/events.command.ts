import type { CloudEvent } from '@clientele/contracts'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { findPlatform } from '../home.js'
import { parseOptions } from '../options.js'
import { stopSignal } from '../stop-signal.js'
import { checkEvents, isFaulty, stateLine } from './check-events.js'
import { eventFilter } from './event-filter.js'
import { followEvents } from './follow-events.js'
import { orPending, pendingOf } from './pending.js'
import { republish } from './republish.js'
import { sinceOf } from './since.js'

/** For which actions an option is. */
const optionsOf: Record<string, readonly string[]> = {
  tail: ['type', 'tenant', 'since', 'all', 'json'],
  check: ['since', 'minutes', 'json'],
  republish: [],
}

/** Shows the events of a platform, holds consumers against outboxes, and has the stream filled again. */
export const events: Command = {
  name: 'events',
  summary: 'Show events as they happen, check that all arrived, fill the stream again',
  help: `clientele events tail [--type T] [--tenant T] [--since 10m | --all] [--json]
clientele events check [--since 1d] [--minutes N] [--json]
clientele events republish

tail shows each change as a CloudEvent, within a second of its commit, until Ctrl-C.
  --type    the beginning of an event type, * for any part: profiles, profiles.customer.*, *.complaint.closed
  --tenant  of one tenant only
  --since   begin with the events of the last 10m, 2h or 3d, or with a time such as 2026-03-01T09:30:00Z
  --all     begin with the oldest that the stream holds (7 days)
  --json    one CloudEvent as JSON per line

check holds what every consumer has handled against what the services have published. MISSING is what nobody will hand
to it again by itself; AHEAD is what it has handled and no service knows: a database was turned back.
  --since   from then on; the last 1d unless given, at most 30d
  --minutes an event that is younger is waiting, not missing; 10 unless given
  --json    an array with one object for each consumer

republish deletes the event stream. Services make it again and fill it with the last 30 days from their databases, and
consumers pass over what they have handled. It belongs after a restore: docs/runbooks/backup.md.

The stream is that of the platform of CLIENTELE_HOME, or of NATS_URL; the databases are those of that platform, or of
PROFILES_DATABASE_SYSTEM_URL and its like (with PROFILES_DATABASE_URL).

Exit code: 0 done, 1 events are missing or ahead, or something failed, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('events', {
      args,
      allowPositionals: true,
      options: {
        type: { type: 'string' },
        tenant: { type: 'string' },
        since: { type: 'string' },
        all: { type: 'boolean' },
        minutes: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const [action = '', ...others] = positionals
    const allowed = Object.hasOwn(optionsOf, action) ? optionsOf[action] : undefined
    if (others.length || !allowed) throw new UsageError('Say what to do: clientele events tail, check, or republish')
    const stray = Object.keys(values).filter((name) => !allowed.includes(name))
    if (stray.length) throw new UsageError(`clientele events ${action} has no option --${stray.join(', --')}.`)
    if (action === 'tail') return tail(values)
    return action === 'check' ? check(values) : fillAgain()
  },
}

interface TailOptions {
  type?: string
  tenant?: string
  since?: string
  all?: boolean
  json?: boolean
}

const tail = async (o: TailOptions) => {
  if (o.all && o.since) throw new UsageError('--since and --all exclude each other.')
  const filter = eventFilter(o.type, o.tenant)
  const from = o.all ? 'start' : o.since === undefined ? undefined : sinceOf(o.since)
  const natsUrl = await natsUrlOf()
  const stop = stopSignal()
  const ended = new AbortController()
  stop.signal.addEventListener('abort', () => ended.abort())
  // The reader of a pipe may leave at any time, as `head` does.
  process.stdout.once('error', () => ended.abort())
  try {
    await followEvents({
      natsUrl,
      filter,
      ...(from && { from }),
      signal: ended.signal,
      onReady: () => console.error('Waiting for events. Ctrl-C ends.'),
      onUnreadable: (sequence, why) => console.error(`Message ${sequence} of the stream is no event: ${why}`),
      onEvent: (event) => console.log(o.json ? JSON.stringify(event) : eventLine(event)),
    })
  } finally {
    stop.release()
  }
  return 0
}

const check = async ({ since = '1d', minutes = '10', json }: { since?: string; minutes?: string; json?: boolean }) => {
  if (!/^\d{1,6}$/.test(minutes)) throw new UsageError('--minutes takes a whole number.')
  const natsUrl = await natsUrlOf()
  const compared = await checkEvents(readConfig(), { since: sinceOf(since), patienceMs: Number(minutes) * 60_000 })
  // Asked afterwards: what comes in between is handled or pending.
  const pending = await pendingOf(natsUrl)
  const states = compared.map((state) => orPending(state, pending))
  if (json) console.log(JSON.stringify(states))
  else for (const state of states) console.log(stateLine(state))
  return states.some(isFaulty) ? 1 : 0
}

const fillAgain = async () => {
  const held = await republish(await natsUrlOf())
  console.log(
    held === undefined
      ? 'There is no stream; services make it when they start.'
      : `The stream is deleted; it held ${held} events. Services fill it again.`,
  )
  return 0
}

const natsUrlOf = async () => {
  const config = readConfig()
  return config.NATS_URL ?? (await findPlatform(config.CLIENTELE_HOME)).natsUrl
}

/** One line for people; events hold no personal data. */
export const eventLine = ({ time, tenantid, type, subject, data }: CloudEvent): string => {
  const { id: _, version, ...rest } = data as unknown as Record<string, unknown>
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return [time, tenantid, type.replace('clientele.', ''), `${subject} v${version}`, ...facts].join('  ')
}
