import { InvitationStatus } from './invitation.entity.js'
import { invitationWorkflow } from './invitation.workflow.js'
import { createToken, hashOf, tenantOf } from './token.js'

const all = Object.values(InvitationStatus)
const pairs = all.flatMap((from) => all.map((to) => [from, to] as const))

test.each(pairs)('from %s to %s', (from, to) => {
  const invitation = { status: from }
  if (from === InvitationStatus.ISSUED && to !== InvitationStatus.ISSUED) {
    invitationWorkflow.move(invitation, to)
    expect(invitation.status).toBe(to)
  } else {
    expect(() => invitationWorkflow.move(invitation, to)).toThrow(
      expect.objectContaining({ reason: 'invitation.illegal_transition' }),
    )
  }
})

test('a token is new each time and names its tenant', () => {
  const tokens = Array.from({ length: 100 }, () => createToken('acme-2'))
  expect(new Set(tokens).size).toBe(100)
  expect(new Set(tokens.map(tenantOf))).toEqual(new Set(['acme-2']))
  expect(hashOf(tokens[0]!)).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  '',
  'acme',
  'acme.',
  '.x',
  `Acme.${'a'.repeat(43)}`,
  `acme.${'a'.repeat(44)}`,
  `acme.${'a'.repeat(42)}=`,
  `acme.${'a'.repeat(43)}\n`,
])('%j names no tenant', (token) => {
  expect(tenantOf(token)).toBeUndefined()
})
