import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Complaint } from './complaint.entity.js'
import { ChangeComplaintInput } from './complaint.input.js'
import {
  awaitCustomer,
  closeComplaint,
  communicateDecision,
  investigateComplaint,
  proposeResponse,
  recordCustomerReply,
  recordRootCause,
  reopenComplaint,
} from './complaint-handling.actions.js'
import {
  AwaitCustomerInput,
  CommunicateDecisionInput,
  ProposeResponseInput,
  RecordCustomerReplyInput,
  RecordRootCauseInput,
  ReopenComplaintInput,
} from './complaint-handling.input.js'

@Resolver(() => Complaint)
export class ComplaintHandlingResolver {
  @Mutation(() => Complaint, {
    description:
      'Begins the search for the cause, or takes it up again and drops the response there was. For admin, manager and service.',
  })
  investigateComplaint(
    @Arg('input', () => ChangeComplaintInput, { description: 'The complaint.' }) input: ChangeComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return investigateComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description: 'Records the root cause, from the investigation on. For admin, manager and service.',
  })
  recordRootCause(
    @Arg('input', () => RecordRootCauseInput, { description: 'The complaint and its cause.' })
    input: RecordRootCauseInput,
    @Ctx() ctx: Context,
  ) {
    return recordRootCause(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Notes that the customer was asked something; the time until `resolveBy` does not run meanwhile. For admin, manager and service.',
  })
  awaitCustomer(
    @Arg('input', () => AwaitCustomerInput, { description: 'The complaint and the question.' })
    input: AwaitCustomerInput,
    @Ctx() ctx: Context,
  ) {
    return awaitCustomer(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      "Records the customer's answer: to our question, so that the investigation goes on, or to the decision. For admin, manager and service.",
  })
  recordCustomerReply(
    @Arg('input', () => RecordCustomerReplyInput, { description: 'The complaint and the answer.' })
    input: RecordCustomerReplyInput,
    @Ctx() ctx: Context,
  ) {
    return recordCustomerReply(ctx, input)
  }

  @Mutation(() => Complaint, {
    description: 'Proposes decision, remedy and compensation inside the company. For admin, manager and service.',
  })
  proposeResponse(
    @Arg('input', () => ProposeResponseInput, { description: 'The complaint and its resolution.' })
    input: ProposeResponseInput,
    @Ctx() ctx: Context,
  ) {
    return proposeResponse(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Notes that the customer was told the decision, now. FORBIDDEN `complaint.needs_approval` for service where the compensation is above `approvalLimits` of the settings. For admin, manager and service.',
  })
  communicateDecision(
    @Arg('input', () => CommunicateDecisionInput, { description: 'The complaint.' }) input: CommunicateDecisionInput,
    @Ctx() ctx: Context,
  ) {
    return communicateDecision(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Closes a complaint with a root cause and a communicated decision, once the reply came or its time is over. For admin, manager and service.',
  })
  closeComplaint(
    @Arg('input', () => ChangeComplaintInput, { description: 'The complaint.' }) input: ChangeComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return closeComplaint(ctx, input)
  }

  @Mutation(() => Complaint, {
    description:
      'Takes up again a complaint that was closed, or marked as a duplicate. For admin, manager and service.',
  })
  reopenComplaint(
    @Arg('input', () => ReopenComplaintInput, { description: 'The complaint and why.' }) input: ReopenComplaintInput,
    @Ctx() ctx: Context,
  ) {
    return reopenComplaint(ctx, input)
  }
}
