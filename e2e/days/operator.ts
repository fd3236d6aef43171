import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audit } from '@clientele/cli/audit/audit.command'
import { deadletters } from '@clientele/cli/deadletters/deadletters.command'
import { openHome } from '@clientele/cli/home'
import { keys } from '@clientele/cli/keys/keys.command'
import { services } from '@clientele/cli/services'
import { vi } from 'vitest'
import type { Platform } from './company.js'

const commands = { audit, deadletters, keys }

/** Who runs the platform, at its command line: `clientele audit verify` and the like, with what it prints. */
export const atCommandLine = async (platform: Platform) => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-days-'))
  platform.defer(() => rm(dir, { recursive: true }))
  await (await openHome(dir)).announce({
    pid: process.pid,
    url: platform.url,
    natsUrl: platform.natsUrl,
    issuer: platform.issuer.issuer,
    issuerDir: null,
    databases: Object.fromEntries(services.map(({ name }) => [name, platform.urls(name)])),
  })
  vi.stubEnv('CLIENTELE_HOME', dir)
  vi.stubEnv('CLIENTELE_MASTER_KEY_FILE', platform.masterKeyPath)
  return async (command: keyof typeof commands, ...args: string[]) => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
    try {
      const code = await commands[command].run([...args, '--json'])
      return { code, lines: printed.mock.calls.map(([line]) => JSON.parse(String(line)) as any) }
    } finally {
      printed.mockRestore()
    }
  }
}
