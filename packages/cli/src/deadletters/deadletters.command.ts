import { ContractError } from '@clientele/contracts'
import { expectedError, replayDeadLetter } from '@clientele/kit'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { findPlatform, type RunningPlatform } from '../home.js'
import { parseOptions } from '../options.js'
import { services } from '../services.js'
import { findDeadLetters, type ServiceLetter } from './dead-letters.js'
import { openServices } from './tool-services.js'

/** Lists events that consumers gave up on, and hands them to these once more. */
export const deadletters: Command = {
  name: 'deadletters',
  summary: 'List and replay events that could not be handled',
  help: `clientele deadletters list [--service S] [--json]
clientele deadletters replay ID [--json]
clientele deadletters replay --all [--service S] [--json]

Events that a consumer could not handle after all its tries. A replay hands one to that consumer again, in the
order of the events; it stays listed, with the new reason, when that fails again.

  --service  one of ${services.map(({ name }) => name).join(', ')}
  --json     JSON on standard output: an array when listing, {"replayed": …, "failed": …} after a replay

Exit code: 0 done, 3 some could not be replayed, 1 failed, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('deadletters', {
      args,
      allowPositionals: true,
      options: {
        service: { type: 'string' },
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const [action, id, ...others] = positionals
    const isReplay = action === 'replay' && Boolean(id) !== values.all
    if (others.length || (action === 'list' ? id || values.all : !isReplay)) {
      throw new UsageError('Say what to do: clientele deadletters list, replay ID, or replay --all')
    }
    if (values.service !== undefined && !services.some(({ name }) => name === values.service)) {
      throw new UsageError(`There is no service "${values.service}".`)
    }
    const config = readConfig()
    const platform = await findPlatform(config.CLIENTELE_HOME)
    const letters = await findDeadLetters(platform, values.service)
    if (action === 'list') return list(letters, values.json)
    const chosen = id ? letters.filter((letter) => letter.id === id) : letters
    if (id && !chosen.length) throw new UsageError(`There is no dead letter ${id}. See: clientele deadletters list`)
    return replay(chosen, platform, config, values.json)
  },
}

const list = (letters: readonly ServiceLetter[], json: boolean) => {
  if (json)
    console.log(JSON.stringify(letters.map((letter) => ({ ...letter, event: JSON.parse(letter.event) as unknown }))))
  else if (!letters.length) console.log('There are no dead letters.')
  else for (const letter of letters) console.log(letterLine(letter))
  return 0
}

const letterLine = ({ id, tenant, consumer, type, attempts, code, reason, causes, failedAt }: ServiceLetter) => {
  const why = causes.map(({ name, message }) => `${name}: ${message}`).join(' < ')
  return `${id}  ${failedAt.toISOString()}  ${tenant}  ${consumer}  ${type}  ${code} ${reason} after ${attempts} tries  ${why}`
}

const replay = async (
  letters: readonly ServiceLetter[],
  platform: RunningPlatform,
  config: ReturnType<typeof readConfig>,
  json: boolean,
) => {
  const replayed: string[] = []
  const failed: { id: string; reason: string }[] = []
  if (letters.length) {
    const { running, stop } = await openServices(platform, config)
    try {
      for (const letter of letters) {
        const inbox = running.find(({ name }) => name === letter.service)?.inbox
        const consumers = services.find(({ name }) => name === letter.service)?.consumers ?? []
        if (!inbox) continue
        try {
          await replayDeadLetter(inbox, consumers, letter.id)
          replayed.push(letter.id)
        } catch (error) {
          failed.push({ id: letter.id, reason: reasonOf(error) })
        }
      }
    } finally {
      await stop()
    }
  }
  if (json) console.log(JSON.stringify({ replayed, failed }))
  else
    console.log(
      [
        `${replayed.length} replayed, ${failed.length} failed`,
        ...failed.map(({ id, reason }) => `  ${id}  ${reason}`),
      ].join('\n'),
    )
  return failed.length ? 3 : 0
}

// Of what nobody expected the message is not told: it may quote values.
const reasonOf = (error: unknown) => {
  if (error instanceof ContractError) return `INVALID ${error.code}`
  const known = expectedError(error)
  return known ? `${known.code} ${known.reason ?? known.message}` : 'INTERNAL'
}
