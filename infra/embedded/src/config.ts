import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where binaries that were fetched or built are kept between starts: `$XDG_CACHE_HOME/clientele` or the platform's own cache folder. */
export function defaultCacheDir(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env
  if (xdg && isAbsolute(xdg)) return join(xdg, 'clientele')
  if (process.platform === 'win32' && local) return join(local, 'clientele')
  return join(homedir(), '.cache', 'clientele')
}

/** Throws when NODE_ENV is `production`: the embedded services are for development and tests only. `instead` names the setting that brings the real one. */
export function refuseProduction(service: string, instead: string): void {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      `The embedded ${service} does not run with NODE_ENV=production. Set ${instead} to a real one, or unset NODE_ENV.`,
    )
  }
}

/** The environment for a child, without the variables by which libpq and PostgreSQL would be steered from outside. */
export function childEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && name !== 'NODE_OPTIONS')
  return { ...Object.fromEntries(kept), ...extra }
}
