/** The cells of what `kubectl get` prints, row by row with the header first. */
export const cells = (text: string): string[][] => text.split('\n').map((line) => line.trim().split(/\s{2,}/))

/**
 * A complaint with its causes in the order of the alphabet: the original lists the fields of an object in no certain
 * order.
 */
export function sortedCauses(complaint: string): string[] {
  const [head = '', ...causes] = complaint.split('\n')
  return [head.trim(), ...causes.map((line) => line.trim()).sort()]
}
