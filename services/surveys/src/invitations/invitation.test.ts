import { InvitationStatus } from './invitation.entity.js'
import { invitationWorkflow } from './invitation.workflow.js'

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
