import { z } from 'zod'
import { Invalid, type ValidationIssue } from '../errors/errors.js'

/** The values that a process may be started with, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Every fault of the configuration at once, one readable line each; never holds a value. `fields[].path` is the variable's name. */
export class ConfigError extends Invalid {
  constructor(faults: readonly ValidationIssue[]) {
    const lines = faults.map((fault) => `  ${fault.message}`)
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
      {
        reason: 'config.invalid',
        fields: faults,
      },
    )
  }
}

/**
 * Reads the variables that the schema names, and nothing else. A key in camel case stands for the variable in capitals:
 * `databaseUrl` and `DATABASE_URL` both read DATABASE_URL. An empty variable counts as absent.
 * A piece's `.describe()` tells the reader what would be right.
 * @throws ConfigError with all faults together
 */
export function loadConfig<S extends z.ZodObject>(schema: S, env: Environment): z.output<S> {
  const values = Object.fromEntries(
    Object.keys(schema.shape).map((key) => [key, env[variable(key)]?.trim() ? env[variable(key)] : undefined]),
  )
  const result = schema.safeParse(values)
  if (result.success) return result.data
  throw new ConfigError(result.error.issues.map((issue) => faultOf(issue, schema, values)))
}

/** Of the variables that the schema names those that are right; of the others nothing is said. */
export function rightSettings<S extends z.ZodObject>(schema: S, env: Environment): Partial<z.output<S>> {
  const right = Object.entries(schema.shape).flatMap(([key, piece]) => {
    const given = env[variable(key)]?.trim() ? env[variable(key)] : undefined
    const { success, data } = z.safeParse(piece as z.ZodType, given)
    return success && data !== undefined ? [[key, data]] : []
  })
  return Object.fromEntries(right)
}

/**
 * Both of two readings of one environment.
 * @throws ConfigError with the faults of both, each once
 */
export function loadBoth<A, B>(first: () => A, second: () => B): [A, B] {
  const faults = new Map<string, ValidationIssue>()
  const attempt = <T>(read: () => T): { value: T } | undefined => {
    try {
      return { value: read() }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      for (const fault of error.fields ?? []) faults.set(fault.message, fault)
      return undefined
    }
  }
  const [one, other] = [attempt(first), attempt(second)]
  if (!one || !other) throw new ConfigError([...faults.values()])
  return [one.value, other.value]
}

/** The names of the variables that schemas read. */
export const variablesOf = (...schemas: readonly (z.ZodObject | undefined)[]): string[] =>
  schemas.flatMap((schema) => Object.keys(schema?.shape ?? {}).map(variable))

const variable = (key: string) => key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()

function faultOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  values: Record<string, string | undefined>,
): ValidationIssue {
  const key = String(issue.path[0] ?? '')
  const missing = key !== '' && values[key] === undefined
  const name = key === '' ? 'The configuration' : variable(key)
  const problem = missing ? 'is missing' : `is wrong: ${withoutValues(issue.message, values)}`
  const right = hint(schema.shape[key])
  return {
    path: key === '' ? '' : name,
    reason: missing ? 'config.missing' : 'config.invalid',
    message: `${name} ${problem}${right ? ` (expected: ${right})` : ''}`,
  }
}

/** A schema may quote its input in a message of its own; short values are ordinary words and tell nothing. */
const withoutValues = (message: string, values: Record<string, string | undefined>) =>
  Object.values(values).reduce<string>(
    (text, value) => (value && value.length > 5 ? text.replaceAll(value, '…') : text),
    message,
  )

/** Descriptions stay on the piece they were given to, which `.optional()` and `.default()` wrap. */
function hint(piece: z.core.$ZodType | undefined): string | undefined {
  if (!piece) return undefined
  const inner = (piece._zod.def as { innerType?: z.core.$ZodType }).innerType
  return z.globalRegistry.get(piece)?.description ?? hint(inner)
}

/** An absolute URL in one of the schemes: `url('postgres', 'postgresql')`; http and https where none is named. */
export function url(...schemes: string[]) {
  const allowed = schemes.length > 0 ? schemes : ['http', 'https']
  return z
    .string()
    .refine((text) => URL.canParse(text) && allowed.includes(new URL(text).protocol.slice(0, -1)), 'not such a URL')
    .describe(`an absolute URL that starts with ${allowed.map((scheme) => `${scheme}://`).join(' or ')}`)
}

/** A whole number between two bounds, both included. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'not a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, 'out of range')
    .describe(`a whole number from ${min} to ${max}`)

/** A TCP port; 0 lets the system choose. */
export const port = () => whole(0, 65_535).describe('a port from 0 to 65535')

/** `true` or `false`. */
export const flag = () =>
  z
    .enum(['true', 'false'], 'neither true nor false')
    .transform((text) => text === 'true')
    .describe('true or false')

/** `on` or `off`. */
export const onOff = () =>
  z
    .enum(['on', 'off'], 'neither on nor off')
    .transform((text) => text === 'on')
    .describe('on or off')

/** The parts of a text with commas between them, without blanks around them. */
export const words = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** A list with commas between its parts, each of which is right. */
export const list = (isRight: (part: string) => boolean) =>
  z
    .string()
    .transform(words)
    .refine((parts) => parts.every(isRight), 'not such a list')

/** A secret of at least so many characters. Blanks around it are refused: they come from copied files and are never meant. */
export const secret = (minLength = 16) =>
  z
    .string()
    .min(minLength, 'too short')
    .refine((text) => text === text.trim(), 'begins or ends with white space')
    .describe(`a secret of at least ${minLength} characters`)

/** The environment of this process. Everything else takes it as an argument, so that nothing reads it on import. */
export const environment = (): Environment => process.env
