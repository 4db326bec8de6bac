// SPDX-License-Identifier: Apache-2.0
// The pages that come after Today, the machines and the login (lib/others.ts).
export { AccountPage } from './account';
export { AdminPage } from './admin';
export { LabelPage } from './label';
export { MachinePage } from './machine';
export { MorePage } from './more';
export { ProductionPage } from './production';
export { ProgramsPage } from './programs';
export { QueuePage } from './queue';
export { TabletsPage } from './tablets';
export { TechnicalPage } from './technical';
export { WallPage } from './wall';
