import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Command } from '@clientele/embedded'
import { KEYCLOAK_VERSION } from './release.js'

const IMAGE = `quay.io/keycloak/keycloak:${KEYCLOAK_VERSION}`

/** The program that runs containers here; undefined where none answers. */
export async function findContainers(): Promise<string | undefined> {
  for (const program of ['docker', 'podman']) {
    const answers = await promisify(execFile)(program, ['info'], { timeout: 20_000 }).then(
      () => true,
      () => false,
    )
    if (answers) return program
  }
  return undefined
}

/** Runs Keycloak in a container that is removed when it ends; what it stored goes with it. `env` names variables, so that no value is on the command line. */
export function containerCommand(
  program: string,
  o: { dir: string; port: number; url: string; env: string[] },
): Command {
  const listen = [`--http-port=${o.port}`, `--hostname=${o.url}`]
  return {
    command: program,
    args: [
      ...['run', '--rm', '--publish', `127.0.0.1:${o.port}:${o.port}`],
      ...o.env.flatMap((name) => ['--env', name]),
      ...['--volume', `${join(o.dir, 'data', 'import')}:/opt/keycloak/data/import:ro`],
      ...[IMAGE, 'start-dev', ...listen, '--cache=local', '--import-realm'],
    ],
  }
}
