// SPDX-License-Identifier: Apache-2.0
// What comes after Today, the machines and the login (lib/others.ts): the other pages, their words, and the daemon's
// sentences in French.
export { inFrench } from '../lib/french';
export { stepInFrench } from '../lib/steps';
export { otherWords } from '../lib/words.others';
export { AccountPage } from './account';
export { AdminPage } from './admin';
export { DeclarePage } from './declare';
export { LabelPage } from './label';
export { LotPage } from './lot';
export { MachinePage } from './machine';
export { MorePage } from './more';
export { ProductionPage } from './production';
export { ProgramsPage } from './programs';
export { QueuePage } from './queue';
export { StepsPage } from './steps';
export { StockPage } from './stock';
export { TabletsPage } from './tablets';
export { TechnicalPage } from './technical';
export { WallPage } from './wall';
export { WhatIfPage } from './what-if';
