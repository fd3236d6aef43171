import { join } from 'node:path'
import { DEMO_PASSWORD, defaultCacheDir, demoUsers } from '@clientele/embedded'
import { localSettings } from './config.js'
import { type Keycloak, startKeycloak } from './keycloak.js'

const told = ({ url, issuer, adminPassword, clientSecret }: Keycloak, seconds: number) => `
  issuer         ${issuer}
  administration ${url}/admin (admin, ${adminPassword})
  demo users     ${demoUsers.map(({ name }) => name).join(' · ')}
  their password ${DEMO_PASSWORD}

  Start Clientele with it from another terminal:

    OIDC_ISSUER_URL=${issuer} \\
    OIDC_CLIENT_ID=clientele-platform OIDC_CLIENT_SECRET=${clientSecret('clientele-platform')} npm start

  An access token, here a partner's (people sign in with a browser):

    curl -s ${issuer}/protocol/openid-connect/token -u partner-acme:${clientSecret('partner-acme')} \\
      -d grant_type=client_credentials -d scope=customers.read

Keycloak is ready in ${seconds.toFixed(1)} s: ${issuer}`

const { home, port, consoleUrl } = localSettings()
const began = Date.now()
try {
  const keycloak = await startKeycloak({
    dir: join(home, 'keycloak'),
    port,
    consoleUrl,
    cacheDir: defaultCacheDir(),
    progress: (line) => console.log(`… ${line}`),
  })
  console.log(told(keycloak, (Date.now() - began) / 1000))
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped())
  })
  console.log('stopping')
  await keycloak.stop()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
