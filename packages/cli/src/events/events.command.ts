import type { CloudEvent } from '@clientele/contracts'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { findPlatform } from '../home.js'
import { parseOptions } from '../options.js'
import { stopSignal } from '../stop-signal.js'
import { eventFilter } from './event-filter.js'
import { followEvents } from './follow-events.js'

/** Shows the events of a running platform. */
export const events: Command = {
  name: 'events',
  summary: 'Show events as they happen',
  help: `clientele events tail [--type T] [--tenant T] [--since 10m | --all] [--json]

Shows each change as a CloudEvent, within a second of its commit, until Ctrl-C.
  --type    the beginning of an event type, * for any part: profiles, profiles.customer.*, *.complaint.closed
  --tenant  of one tenant only
  --since   begin with the events of the last 10m, 2h or 3d, or with a time such as 2026-03-01T09:30:00Z
  --all     begin with the oldest that the stream holds (7 days)
  --json    one CloudEvent as JSON per line

The stream is that of the platform of CLIENTELE_HOME, or of NATS_URL.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('events', {
      args,
      allowPositionals: true,
      options: {
        type: { type: 'string' },
        tenant: { type: 'string' },
        since: { type: 'string' },
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    if (positionals.join() !== 'tail') throw new UsageError('Say what to do: clientele events tail')
    if (values.all && values.since) throw new UsageError('--since and --all exclude each other.')
    const filter = eventFilter(values.type, values.tenant)
    const from = values.all ? 'start' : values.since === undefined ? undefined : sinceOf(values.since)
    const config = readConfig()
    const natsUrl = config.NATS_URL ?? (await findPlatform(config.CLIENTELE_HOME)).natsUrl
    const stop = stopSignal()
    const tail = new AbortController()
    stop.signal.addEventListener('abort', () => tail.abort())
    // The reader of a pipe may leave at any time, as `head` does.
    process.stdout.once('error', () => tail.abort())
    try {
      await followEvents({
        natsUrl,
        filter,
        ...(from && { from }),
        signal: tail.signal,
        onReady: () => console.error('Waiting for events. Ctrl-C ends.'),
        onUnreadable: (sequence, why) => console.error(`Message ${sequence} of the stream is no event: ${why}`),
        onEvent: (event) => console.log(values.json ? JSON.stringify(event) : eventLine(event)),
      })
    } finally {
      stop.release()
    }
    return 0
  },
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A span back from now, or a time. Throws UsageError. */
export const sinceOf = (text: string, now = Date.now()): Date => {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const date = amount ? new Date(now - Number(amount) * units[unit as keyof typeof units]) : new Date(text)
  if (Number.isNaN(date.getTime())) throw new UsageError(`--since: "${text}" is neither a span such as 10m nor a time.`)
  return date
}

/** One line for people; events hold no personal data. */
export const eventLine = ({ time, tenantid, type, subject, data }: CloudEvent): string => {
  const { id: _, version, ...rest } = data as unknown as Record<string, unknown>
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return [time, tenantid, type.replace('clientele.', ''), `${subject} v${version}`, ...facts].join('  ')
}
