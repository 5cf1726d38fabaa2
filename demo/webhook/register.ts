import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Connection } from '../client/connection.ts'
import type { WebhookConfiguration } from './configurations.ts'

const GROUP = '/apis/admissionregistration.k8s.io/v1'

async function put(connection: Connection, configuration: WebhookConfiguration): Promise<void> {
  const plural = `${(configuration.kind ?? '').toLowerCase()}s`
  const path = `${GROUP}/${plural}/${configuration.metadata?.name ?? ''}`
  const patch = { webhooks: configuration.webhooks }
  try {
    await connection.send('PATCH', path, patch, 'application/merge-patch+json')
  } catch (error) {
    if (!isNotFound(error)) throw error
    await connection.send('POST', `${GROUP}/${plural}`, configuration)
  }
}

/**
 * Makes an API server ask these webhooks, as whoever installs Cocoon does; a configuration of an earlier run is
 * replaced. Rejects with the server's refusal.
 */
export async function registerWebhooks(
  connection: Connection,
  configurations: readonly WebhookConfiguration[],
): Promise<void> {
  for (const configuration of configurations) {
    try {
      await put(connection, configuration)
    } catch (error) {
      // Somebody else has created it in between.
      if (!isConflict(error)) throw error
      await put(connection, configuration)
    }
  }
}
