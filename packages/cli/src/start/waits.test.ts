import { until } from '@clientele/testkit/until'
import { createWaits } from './waits.js'

test('what is waited for is told again and again, with what it waits for itself, until it is there', async () => {
  const lines: string[] = []
  const waits = createWaits((line) => lines.push(line), 10)
  const postgres = Promise.withResolvers<string>()
  const profiles = Promise.withResolvers<string>()
  const all = Promise.all([waits.during('PostgreSQL', postgres.promise), waits.during('profiles', profiles.promise)])
  waits.note('profiles', 'NATS at 127.0.0.1:4022')
  const told = (what: string) => until(() => lines.some((line) => line.startsWith(`waiting for ${what}, 0 s`)))
  await told('PostgreSQL, profiles (NATS at 127.0.0.1:4022)')
  postgres.resolve('one')
  await told('profiles (NATS at 127.0.0.1:4022)')
  waits.note('profiles', undefined)
  await told('profiles')
  profiles.resolve('two')
  expect(await all).toEqual(['one', 'two'])
  const { length } = lines
  await new Promise((resume) => setTimeout(resume, 50))
  expect(lines).toHaveLength(length)
})

test('what fails is waited for no longer', async () => {
  const lines: string[] = []
  const waits = createWaits((line) => lines.push(line), 10)
  await expect(waits.during('NATS', Promise.reject(new Error('no')))).rejects.toThrow('no')
  await new Promise((resume) => setTimeout(resume, 50))
  expect(lines).toEqual([])
})
