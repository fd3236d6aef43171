import type { Forge, Forged } from './forge.js'

const reason = 'token.tenant'

/** Tokens that the issuer signed, but that do not say for which one tenant they are. */
export const forgedTenants = ({ claiming }: Forge): Forged[] => {
  const shown = (value: unknown) => (JSON.stringify(value) ?? 'missing').slice(0, 60)
  const slugs = [
    '',
    '*',
    'ACME',
    'Acme Inc.',
    '../acme',
    'acme/globex',
    'acme globex',
    'acme,globex',
    'acme.>',
    'acme\n',
    'acme\0',
    "acme' or '1'='1",
    'ac\u200bme',
    'ａｃｍｅ',
    'аcme',
    '租户',
    '🏢',
    'a'.repeat(64),
    null,
    7,
    true,
    ['acme'],
    { acme: {} },
  ]
  const organizations = [
    'acme',
    [],
    {},
    ['acme', 'globex'],
    { acme: {}, globex: {} },
    ['acme', 'globex', 'initech'],
    ['acme', 'ACME'],
    ['acme', '*'],
    { acme: {}, '*': {} },
    [{ alias: 'acme' }],
  ]
  const alone = { organization: undefined }
  const client = { ...alone, azp: 'partner', preferred_username: 'service-account-partner', scope: 'customers.read' }
  return [
    ['no tenant', reason, claiming(alone)],
    ...slugs.flatMap((slug): Forged[] => [
      [`tenant ${shown(slug)}`, reason, claiming({ ...alone, tenant: slug })],
      [`organization [${shown(slug)}]`, reason, claiming({ organization: [slug] })],
    ]),
    ...slugs
      .filter((slug) => typeof slug === 'string')
      .map((slug): Forged => [`organization {${shown(slug)}}`, reason, claiming({ organization: { [slug]: {} } })]),
    ...organizations.map((each): Forged => [`organization ${shown(each)}`, reason, claiming({ organization: each })]),
    ['another tenant than the organization', reason, claiming({ tenant: 'globex' })],
    ['all tenants beside the organization', reason, claiming({ tenant: '*' })],
    ['one of two organizations as tenant', reason, claiming({ organization: ['acme', 'globex'], tenant: 'acme' })],
    ['a tenant beside no organization', reason, claiming({ organization: [], tenant: 'acme' })],
    ['all tenants, for a partner', reason, claiming({ ...client, realm_access: { roles: [] }, tenant: '*' })],
    ['all tenants, for an admin', reason, claiming({ ...alone, realm_access: { roles: ['admin'] }, tenant: '*' })],
    [
      'all tenants, for a service that names none',
      reason,
      claiming({ ...alone, realm_access: { roles: ['service_account'] }, tenant: '*' }),
    ],
  ]
}
