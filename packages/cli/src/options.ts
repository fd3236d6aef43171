import { type ParseArgsConfig, parseArgs } from 'node:util'
import { suggestion } from '@clientele/kit/client'
import { UsageError } from './command.js'

type Config = Omit<ParseArgsConfig, 'strict' | 'tokens'> & { args: string[] }
type Parsed<C extends Config> = ReturnType<typeof parseArgs<C>>

/** The options and arguments of a command. Throws UsageError with everything that is wrong with them at once. */
export const parseOptions = <C extends Config>(command: string, config: C): Parsed<C> => {
  const faults = faultsOf(command, config)
  if (faults.length) throw new UsageError([...faults, `See: clientele ${command} --help`].join('\n'))
  return parseArgs(config)
}

const faultsOf = (command: string, config: Config): string[] => {
  const { options = {}, allowPositionals = false } = config
  const names = Object.keys(options).map((name) => `--${name}`)
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true, allowPositionals: true })
  return tokens.flatMap((token) => {
    if (token.kind === 'positional' && !allowPositionals) return [`clientele ${command} takes no "${token.value}".`]
    if (token.kind !== 'option') return []
    const { rawName, value, inlineValue } = token
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!option)
      return [`clientele ${command} has no option ${rawName}${ended(suggestion(rawName, names) || listed(names))}`]
    if (option.type === 'boolean') return value === undefined ? [] : [`${rawName} takes no value.`]
    const isMissing = !value || (!inlineValue && value.startsWith('-'))
    return isMissing ? [`${rawName} needs a value; one that begins with "-" is given as ${rawName}=VALUE.`] : []
  })
}

/** A sentence with its full stop, unless it ends with a question. */
const ended = (text: string) => (text.endsWith('?') ? text : `${text}.`)

const listed = (names: readonly string[]) => (names.length ? `; there is ${names.join(', ')}` : '')
