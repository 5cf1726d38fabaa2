import type { ServerResponse } from 'node:http'

const quoted = (text: string) => text.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ')

/**
 * Adds warnings to an answer, whatever the answer will be: kubectl prints them. Each is told once.
 */
export function warningsTo(response: ServerResponse): (text: string) => void {
  const told = new Set<string>()
  return (text) => {
    if (told.has(text) || response.headersSent) return
    told.add(text)
    // Headers are bytes to Node, and UTF-8 to whoever reads warnings.
    response.appendHeader('warning', Buffer.from(`299 - "${quoted(text)}"`).toString('latin1'))
  }
}
