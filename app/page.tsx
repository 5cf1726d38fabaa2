import { FleetPage } from '../components/fleet/fleet-page.tsx'

/** The fleet is the first page. */
export default function Page() {
  return <FleetPage />
}
