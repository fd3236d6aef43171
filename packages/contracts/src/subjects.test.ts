import fc from 'fast-check'
import { catalogue } from './catalogue.js'
import { externalRefLinked } from './integrations.js'
import { complaintClosed } from './interactions.js'
import { everySubject, natsSubject, partFilter, serviceFilter, subjectFilter } from './subjects.js'

/** NATS's rule: `*` stands for one token, `>` for one or more at the end. */
const matches = (filter: string, subject: string): boolean => {
  const wanted = filter.split('.')
  const tokens = subject.split('.')
  const rest = wanted.indexOf('>')
  if (rest >= 0 ? tokens.length <= rest : tokens.length !== wanted.length) return false
  return wanted.every((token, i) => token === '*' || token === '>' || token === tokens[i])
}

test('addresses and filters, to the letter', () => {
  expect(natsSubject({ type: complaintClosed.type, tenant: 'acme-2', part: 7 })).toBe(
    'clientele.evt.acme-2.interactions.complaint.closed.v1.p07',
  )
  expect(natsSubject({ type: externalRefLinked.type, tenant: 'a', part: 15 })).toBe(
    'clientele.evt.a.integrations.external_ref.linked.v1.p15',
  )
  expect(subjectFilter(complaintClosed)).toBe('clientele.evt.*.interactions.complaint.closed.v1.*')
  expect(serviceFilter('interactions')).toBe('clientele.evt.*.interactions.>')
  expect(partFilter('interactions', 3)).toBe('clientele.evt.*.interactions.*.*.*.p03')
  expect(everySubject).toBe('clientele.evt.>')
})

test.each([
  ['', 'subject.tenant'],
  ['Acme', 'subject.tenant'],
  ['a.b', 'subject.tenant'],
  ['*', 'subject.tenant'],
  ['acme ', 'subject.tenant'],
  ['a'.repeat(64), 'subject.tenant'],
])('tenant %j is refused', (tenant, code) => {
  expect(() => natsSubject({ type: complaintClosed.type, tenant, part: 0 })).toThrow(expect.objectContaining({ code }))
})

test.each([-1, 1.5, 100, Number.NaN])('part %p is refused', (part) => {
  const fault = expect.objectContaining({ code: 'subject.part' })
  expect(() => natsSubject({ type: complaintClosed.type, tenant: 'acme', part })).toThrow(fault)
  expect(() => partFilter('interactions', part)).toThrow(fault)
})

test.each(['', '*', '>', 'a.b', 'Profiles'])('service %j is refused', (service) => {
  const fault = expect.objectContaining({ code: 'subject.service' })
  expect(() => serviceFilter(service)).toThrow(fault)
  expect(() => partFilter(service, 0)).toThrow(fault)
})

test('a filter finds its own events and no others, for every tenant and part', () => {
  const anyType = fc.constantFrom(...catalogue)
  const tenant = fc.stringMatching(/^[a-z0-9-]{1,63}$/)
  const anyPart = fc.integer({ min: 0, max: 99 })
  fc.assert(
    fc.property(anyType, anyType, tenant, anyPart, anyPart, (published, wanted, slug, part, otherPart) => {
      const subject = natsSubject({ type: published.type, tenant: slug, part })
      const sameService = published.service === wanted.service
      expect(matches(everySubject, subject)).toBe(true)
      expect(matches(subjectFilter(wanted), subject)).toBe(published.type === wanted.type)
      expect(matches(serviceFilter(wanted.service), subject)).toBe(sameService)
      expect(matches(partFilter(wanted.service, otherPart), subject)).toBe(sameService && part === otherPart)
    }),
  )
})
