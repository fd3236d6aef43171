import { z } from 'zod'
import { ownSettings } from './own-settings.js'

const ofProcess = z.object({ DATABASE_OWNER_URL: z.string(), OIDC_CLIENT_SECRET: z.string() })
const config = { DATABASE_OWNER_URL: 'owner', OIDC_CLIENT_SECRET: 'secret', NOTE_LIMIT: 7 }

test.each([
  ['what it declares', z.object({ NOTE_LIMIT: z.number() }), { NOTE_LIMIT: 7 }],
  ['nothing where it declares nothing', undefined, {}],
])('a service is given %s', (_, own, given) => {
  expect(ownSettings(own, ofProcess, config)).toEqual(given)
})

test('a service cannot declare what belongs to the process', () => {
  const own = z.object({ DATABASE_OWNER_URL: z.string() })
  expect(() => ownSettings(own, ofProcess, config)).toThrow('DATABASE_OWNER_URL is a setting of every service')
})
