/** Whether the main agent must leave its node; one that has none yet has nothing to leave (contract 4.6). */
export function mustMove(node: string, target: string): boolean {
  return target !== '' && node !== '' && node !== target
}
