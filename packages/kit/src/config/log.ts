import { isNativeError } from 'node:util/types'
import { type DestinationStream, type Logger, pino } from 'pino'
import { traceOfLog } from '../tracing/current-span.js'
import { scrub } from './log-redaction.js'
import { scrubText } from './scrub-text.js'

export type Log = Logger
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/**
 * Writes JSON lines `{level, time, service, …, msg}`, with `trace_id` and `span_id` in the course of what is traced. Whatever is logged, in fields, arguments, errors or child bindings, loses
 * secrets and personal data first (see log-redaction.ts): a field called `name` is a person's, so a service is logged as `service`.
 */
export function createLog(o: { name: string; level?: LogLevel; destination?: DestinationStream }): Log {
  const log = pino(
    {
      level: o.level ?? 'info',
      base: { service: o.name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (err) => err },
      mixin: traceOfLog,
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map(clean) as Parameters<typeof method>)
        },
      },
    },
    o.destination ?? pino.destination({ dest: 1, sync: true }),
  )
  return withCleanBindings(log)
}

const clean = (argument: unknown, position: number) => {
  if (typeof argument === 'string') return scrubText(argument)
  if (position === 0 && isNativeError(argument)) return { err: scrub(argument) }
  return scrub(argument)
}

/** Pino's own redaction does not reach the bindings of children at every depth; children inherit this `child`. */
function withCleanBindings(log: Log): Log {
  const { child } = log
  log.child = function (this: Log, bindings: object, ...rest: unknown[]) {
    return child.apply(this, [scrub(bindings) as object, ...rest] as unknown as Parameters<typeof child>)
  } as Log['child']
  return log
}
