/** A Status as error streams carry it: without kind and apiVersion. */
export interface StreamStatus {
  metadata: Record<string, never>
  status: 'Success' | 'Failure'
  message?: string
  reason?: string
  details?: { causes: { reason?: string; message: string }[] }
  code?: number
}

/** How an exec ended: with an exit code, or without the command having run at all. */
export type Outcome = { exitCode: number } | { error: string }

export const SUCCESS: Outcome = { exitCode: 0 }

const internalError = (error: string): StreamStatus => ({
  metadata: {},
  status: 'Failure',
  message: `Internal error occurred: ${error}`,
  reason: 'InternalError',
  details: { causes: [{ message: error }] },
  code: 500,
})

/** The Status that the error stream of protocol v4 carries. */
export function statusOfOutcome(outcome: Outcome): StreamStatus {
  if ('error' in outcome) return internalError(outcome.error)
  if (outcome.exitCode === 0) return { metadata: {}, status: 'Success' }
  const said = `command terminated with exit code ${outcome.exitCode}`
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${said}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(outcome.exitCode) }] },
  }
}

/**
 * The same on protocol v5: kubelets speak v4 to API servers, which translate for v5 clients, and in doing so wrap the
 * message of an error once more. This kubelet speaks v5 itself, so it words errors as such a client would see them.
 */
export function translatedStatusOf(outcome: Outcome): StreamStatus {
  return 'error' in outcome
    ? internalError(`Internal error occurred: ${outcome.error}`)
    : statusOfOutcome(outcome)
}
