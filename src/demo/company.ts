/** The words an organisation is made of: who does what, and what teams and projects are called. */

export const COMPANY = 'Example Industries';
export const MAIL_DOMAIN = 'example.com';
export const HOME_MAIL_DOMAIN = 'example.net';

export interface Division {
  readonly name: string;
  /** Title of whoever leads it. */
  readonly head: string;
  readonly departments: readonly string[];
  /** Titles of those who lead nobody; with an `s` they name the group of all who bear them. */
  readonly roles: readonly string[];
}

function division(name: string, head: string, departments: string, roles: string): Division {
  return { name, head, departments: departments.split(', '), roles: roles.split(', ') };
}

/** Nine, since the chief executive has five to nine reports; nine departments each, for the same reason. */
// biome-ignore format: a table
export const DIVISIONS: readonly Division[] = [
  division('Technology', 'Chief Technology Officer',
    'Platform Engineering, Product Engineering, Data Engineering, Site Reliability, Mobile Engineering, Quality Engineering, Developer Experience, Machine Learning, Identity and Access',
    'Software Engineer, Data Scientist, Reliability Engineer, Test Engineer, Machine Learning Engineer'),
  division('Commercial', 'Chief Commercial Officer',
    'Enterprise Sales, Channel Sales, Field Marketing, Brand Marketing, Sales Operations, Customer Success, Pricing, Inside Sales, Partnerships',
    'Account Executive, Sales Engineer, Marketing Specialist, Customer Success Consultant'),
  division('Operations', 'Chief Operating Officer',
    'Manufacturing, Logistics, Procurement, Facilities, Fleet, Warehousing, Quality Assurance, Planning, Health and Safety',
    'Production Technician, Logistics Coordinator, Buyer, Facility Technician, Planner'),
  division('Product', 'Chief Product Officer',
    'Product Management, Product Design, User Research, Product Analytics, Content Design, Localisation, Design Systems, Product Operations, Documentation',
    'Product Designer, User Researcher, Product Analyst, Technical Writer'),
  division('Service', 'Chief Customer Officer',
    'Service Desk, Field Service, Customer Support, Training, Technical Support, Warranty, Spare Parts, Community, Service Quality',
    'Support Specialist, Field Technician, Trainer'),
  division('Finance', 'Chief Financial Officer',
    'Accounting, Controlling, Treasury, Tax, Payroll, Internal Audit, Investor Relations, Accounts Payable, Financial Planning',
    'Accountant, Controller, Financial Analyst'),
  division('People', 'Chief People Officer',
    'Recruiting, Talent Development, Compensation, People Operations, Workplace, Diversity and Inclusion, Employee Relations, Mobility, People Analytics',
    'Recruiter, People Partner, Compensation Analyst'),
  division('Research', 'Chief Scientist',
    'Materials Research, Battery Research, Optics Research, Robotics Research, Simulation, Standards, University Relations, Patents, Prototyping',
    'Research Scientist, Laboratory Assistant, Simulation Engineer'),
  division('Corporate', 'General Counsel',
    'Legal, Compliance, Information Security, Corporate Communications, Strategy, Risk, Public Affairs, Sustainability, Privacy',
    'Lawyer, Compliance Officer, Security Analyst, Communications Specialist'),
];

export const SENIORITY: readonly string[] = ['Junior ', '', '', '', 'Senior ', 'Senior ', 'Principal '];

const COLOURS =
  'Amber Azure Bold Brave Bright Bronze Calm Cobalt Copper Coral Crimson Crystal Eager Ember Emerald Gentle Golden Granite Happy Hidden Indigo Ivory Jade Keen Lively Lucky Lunar Mellow Misty Noble Olive Proud Quick Quiet Rapid Ruby Silver Solar Swift Violet'.split(
    ' ',
  );
const ANIMALS =
  'Albatross Badger Beaver Bison Buzzard Caribou Cheetah Condor Cormorant Cougar Crane Dolphin Eagle Falcon Ferret Finch Gazelle Gecko Heron Hornbill Ibex Ibis Jackal Jaguar Kestrel Kingfisher Lemur Leopard Lynx Magpie Marmot Marten Meerkat Narwhal Ocelot Osprey Otter Owl Panther Pelican Penguin Puffin Raven Salmon Seal Sparrow Starling Stork Swallow Tapir Tern Toucan Turtle Viper Walrus Weasel Wolverine Wombat Woodpecker Wren'.split(
    ' ',
  );

/** Human and different for each `index`: Albatross, Badger, ..., Amber Albatross, ..., and with a number when all pairs are used up. */
export function codeName(index: number): string {
  const animal = ANIMALS[index % ANIMALS.length];
  const round = Math.floor(index / ANIMALS.length);
  if (round === 0) return `${animal}`;
  const colour = COLOURS[(round - 1) % COLOURS.length];
  const lap = Math.floor((round - 1) / COLOURS.length);
  return lap === 0 ? `${colour} ${animal}` : `${colour} ${animal} ${lap + 1}`;
}
