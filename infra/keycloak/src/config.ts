import { resolve } from 'node:path'

/** What the environment says about this machine's programs. */
export function programsNamed(): { javaHome: string | undefined; chromium: string | undefined } {
  const { JAVA_HOME: javaHome, CHROMIUM_PATH: chromium } = process.env
  return { javaHome, chromium }
}

/** The settings of `npm run keycloak`. Throws on a port that is none. */
export function localSettings(): { home: string; port: number; consoleUrl: string } {
  const {
    CLIENTELE_HOME: home = '.clientele',
    CLIENTELE_KEYCLOAK_PORT: port = '4081',
    CLIENTELE_CONSOLE_URL: consoleUrl = 'http://localhost:5173',
    INIT_CWD: from = process.cwd(),
  } = process.env
  if (!/^[1-9]\d{0,4}$/.test(port)) throw new Error(`CLIENTELE_KEYCLOAK_PORT: "${port}" is not a port.`)
  return { home: resolve(from, home), port: Number(port), consoleUrl }
}
