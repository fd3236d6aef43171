import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type ChildOptions,
  type Command,
  claimPort,
  endWithParent,
  lockFolder,
  type PrivateKey,
  type Progress,
  type Running,
  refuseProduction,
  startChild,
  untilReady,
} from '@clientele/embedded'
import { containerCommand, findContainers } from './container.js'
import { findDistribution } from './distribution.js'
import { findJava } from './java.js'
import { javaArguments } from './java-arguments.js'
import { localRealm } from './local-realm.js'
import { ensureSecrets, placeholders } from './realm-secrets.js'

export interface KeycloakOptions {
  /** Its database, secrets and log are kept here. */
  dir: string
  port: number
  /** Where the distribution is kept between starts. */
  cacheDir: string
  /** Where the browser application is served; people are sent back to `/signed-in` there. */
  consoleUrl: string
  progress?: Progress
}

export interface Keycloak extends Running {
  /** Where it listens: `http://127.0.0.1:4081`. */
  url: string
  /** The `iss` of every token. */
  issuer: string
  pid: number
  adminPassword: string
  clientSecret(clientId: string): string
  clientKey(clientId: string): PrivateKey
}

const REALM = 'clientele'

/**
 * Starts a real Keycloak on 127.0.0.1 with our realm and the demo users, and resolves when it answers. Runs with Java 17 or
 * later, or else in a container. Throws with what to do where there is neither, when another process uses `dir` or the
 * port, and with NODE_ENV=production: demo users are for this machine.
 */
export async function startKeycloak(o: KeycloakOptions): Promise<Keycloak> {
  refuseProduction('Keycloak', 'OIDC_ISSUER_URL')
  const dir = resolve(o.dir)
  const url = `http://127.0.0.1:${o.port}`
  const issuer = `${url}/realms/${REALM}`
  const secrets = await ensureSecrets(dir)
  const unlock = await lockFolder(dir)
  try {
    await claimPort(o.port, 'CLIENTELE_KEYCLOAK_PORT')
    await prepareHome(dir)
    const env = {
      ...placeholders(secrets, o.consoleUrl),
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: secrets.admin,
    }
    const options: ChildOptions = {
      name: 'Keycloak',
      run: await commandFor({ ...o, dir, url, env }),
      log: join(dir, 'keycloak.log'),
      env,
      stopSignals: ['SIGTERM', 'SIGKILL'],
    }
    const child = await startChild(options)
    const stop = () => child.stop().then(unlock)
    try {
      await untilReady(child, options, async () => (await fetch(`${issuer}/.well-known/openid-configuration`)).ok)
    } catch (error) {
      await child.stop()
      throw error
    }
    return {
      url,
      issuer,
      pid: child.pid,
      adminPassword: secrets.admin,
      clientSecret: (id) => known(secrets.clients, id),
      clientKey: (id) => known(secrets.clientKeys, id),
      stop,
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** A realm that is there already is left as it is: Keycloak imports only what it does not have. */
async function prepareHome(dir: string): Promise<void> {
  await mkdir(join(dir, 'data', 'import'), { recursive: true })
  await writeFile(join(dir, 'data', 'import', `${REALM}-realm.json`), JSON.stringify(await localRealm()))
}

async function commandFor(o: KeycloakOptions & { url: string; env: Record<string, string> }): Promise<Command> {
  const { dir, port, url, cacheDir, progress = () => {} } = o
  const java = await findJava()
  if (!java) {
    const program = await findContainers()
    if (program) return containerCommand(program, { dir, port, url, env: Object.keys(o.env) })
    throw new Error(
      'Keycloak needs Java 17 or later: there is none in JAVA_HOME, on PATH or below /usr/lib/jvm, and neither docker nor ' +
        'podman runs. Install one (Debian: apt-get install openjdk-17-jre-headless; others: https://adoptium.net).',
    )
  }
  const distribution = await findDistribution(cacheDir, java, progress)
  for (const part of ['lib', 'conf', 'providers', 'themes', 'version.txt']) await link(distribution, dir, part)
  const listen = ['--http-enabled=true', '--http-host=127.0.0.1', `--http-port=${port}`, `--hostname=${url}`]
  const start = ['start', '--optimized', ...listen, '--cache=local', '--import-realm']
  return endWithParent('SIGTERM', java.path, ['-Dkc.config.built=true', ...javaArguments(dir), ...start])
}

async function link(distribution: string, dir: string, part: string): Promise<void> {
  const target = join(distribution, part)
  await rm(join(dir, part), { recursive: true, force: true })
  if (process.platform === 'win32') await cp(target, join(dir, part), { recursive: true })
  else await symlink(target, join(dir, part))
}

function known<T>(of: Record<string, T>, clientId: string): T {
  const found = of[clientId]
  if (found === undefined) throw new Error(`There is no such client "${clientId}" in the realm.`)
  return found
}
