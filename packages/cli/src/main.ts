import { setFlagsFromString } from 'node:v8'
import { ConfigError, suggestion } from '@clientele/kit/client'
import { type Command, UsageError } from './command.js'
import { version } from './version.js'

const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start/start.command.js')).start,
  serve: async () => (await import('./serve/serve.command.js')).serve,
  migrate: async () => (await import('./migrate/migrate.command.js')).migrateCommand,
  login: async () => (await import('./sign-in/login.command.js')).login,
  logout: async () => (await import('./sign-in/logout.command.js')).logout,
  whoami: async () => (await import('./sign-in/whoami.command.js')).whoami,
  token: async () => (await import('./token/token.command.js')).token,
  'demo-user': async () => (await import('./demo-user/demo-user.command.js')).demoUser,
  import: async () => {
    // Rows live shortly. As V8 is set, room for such grows to 100 MB before anybody looks whether it is needed.
    setFlagsFromString('--semi-space-growth-factor=1')
    return (await import('./import/import.command.js')).importFile
  },
  events: async () => (await import('./events/events.command.js')).events,
  sample: async () => (await import('./sample/sample.command.js')).sample,
  keys: async () => (await import('./keys/keys.command.js')).keys,
  deadletters: async () => (await import('./deadletters/deadletters.command.js')).deadletters,
  doctor: async () => (await import('./doctor/doctor.command.js')).doctor,
  'support-bundle': async () => (await import('./support-bundle/support-bundle.command.js')).supportBundle,
  tenant: async () => (await import('./tenant/tenant.command.js')).tenant,
  audit: async () => (await import('./audit/audit.command.js')).audit,
}

const overview = async () => {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  return `clientele COMMAND [options]\n\n${all.map(({ name, summary }) => `  ${name.padEnd(15)} ${summary}`).join('\n')}\n\nclientele COMMAND --help tells more.`
}

const main = async ([name, ...args]: string[]): Promise<number> => {
  if (name === '--version') {
    console.log(await version())
    return 0
  }
  if (!name || ['--help', '-h', 'help'].includes(name)) {
    console.log(await overview())
    return name ? 0 : 2
  }
  const load = commands[name]
  if (!load) {
    const meant = suggestion(name, Object.keys(commands)) || '.'
    throw new UsageError(`There is no command "${name}"${meant}\n\n${await overview()}`)
  }
  const command = await load()
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help)
    return 0
  }
  const code = await command.run(args)
  if (command.endsAtOnce) process.exit(code)
  return code
}

// Exit codes: 0 done, 1 failed, 2 used wrongly.
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isUsage = error instanceof UsageError || error instanceof ConfigError
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = isUsage ? 2 : 1
  // What a failed start could not close, such as a connection that nobody answers, must not keep the process.
  setTimeout(() => process.exit(), 1_000).unref()
}
