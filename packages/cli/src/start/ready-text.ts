import { demoUsers } from '@clientele/embedded'
import type { Platform } from './platform.js'

/** What a platform that is ready tells: where everything is, who can sign in, and a query to paste. */
export const readyText = (platform: Omit<Platform, 'services' | 'stop'>, seconds: number) => {
  const own = platform.demoToken !== undefined
  const users = demoUsers.map(({ name, tenant, roles }) => `${name} (${tenant}: ${roles.join(', ')})`)
  return `
  GraphQL     ${platform.url}/graphql
  playground  ${platform.url}/${own ? '  (as manager)' : ''}
  issuer      ${platform.issuer}
  data        ${platform.home}
${platform.metricsUrl ? `  metrics     ${platform.metricsUrl}/metrics\n` : ''}${own ? `  demo users  ${users.join(' · ')}\n` : ''}
  Try it from another terminal${own ? '' : ', with an access token of that issuer in CLIENTELE_TOKEN'}:

    npx clientele sample
    curl -s ${platform.url}/graphql -H 'content-type: application/json' \\
      -H "authorization: Bearer ${own ? '$(npx clientele token --as manager)' : '$CLIENTELE_TOKEN'}" \\
      -d '{"query":"{ customers(first: 3) { nodes { number displayName purchaseSummary { count } } } }"}'

ready in ${seconds.toFixed(1)} s: ${platform.url}`
}
