"""Subjects of everyday and office life that the glossary does not cover.

A question is compared with these as well as with the glossary: "temperature" alone is near to the term, and
the rest of the question says whether it is about weather. They are subjects, not questions; add one when a
whole field of questions is answered that should not be.
"""

from __future__ import annotations

import numpy as np
from langchain_core.embeddings import Embeddings

# How similar two different subjects are in the bundled model, whose scale the thresholds are written in.
_BUNDLED_MEAN = 0.0263
_BUNDLED_SPREAD = 0.0844

EVERYDAY: tuple[str, ...] = (
    # weather, nature, home
    "weather forecast, rain, snow, wind and sunshine today, tomorrow and at the weekend",
    "degrees celsius outside, heating and air conditioning in the room",
    "baking and cooking recipes: bread, cake, cookies, oven, pan, meat, vegetables, chocolate, ingredients",
    "coffee, tea, water, beer and wine",
    "breakfast, lunch, dinner, restaurants, canteen, menu and snacks",
    "supermarket, shopping, delivery, returns and discounts",
    "pets and animals: dog, cat, horse, bird, fish",
    "gardening, plants, trees, flowers, lawn and shed",
    "furniture, sofa, kitchen, bathroom, toys, babies and children at home",
    "fridge, washing machine, dishwasher, vacuum cleaner and kettle",
    "electricity, power socket, plug, lamp, battery and charger",
    "plumbing, pipes, taps, toilet, roof, stairs, floor and walls",
    "cleaning, laundry, cloth, dust and stains",
    "hardware shop: drill, hammer, screws, ladder, saw, paint and wood",
    "cars, motorbikes, bicycles, tyres, oil, engine, chain, fuel, garage and parking",
    "houses, flats, rent, mortgage, landlords and real estate",
    "clothes, shoes, sweater, fashion, jewellery and gifts",
    "knitting, sewing, patterns, wool and handicraft",
    # travel and places
    "train, bus, railway and tram timetable, tickets, passengers and stations",
    "flights, airport, taxi, luggage, passport and visa",
    "hotels, reception, travel agency, booking a trip or an offsite",
    "cities and countries: Berlin, Munich, Hamburg, Vienna, Paris",
    "cities and countries: London, Lisbon, Madrid, Rome, New York, India",
    "beach, mountains, hiking, skiing, camping and swimming",
    "maps, directions, kilometres, streets, city and traffic",
    # body, mind, leisure
    "doctor, dentist, hospital, elderly patients, surgery, disease, symptoms and medicine",
    "pain, fever, sleep, diet, vitamins, pregnancy, weight of the body, legs, arms, ears, eyes and feet",
    "gym, personal trainer, fitness, running and yoga",
    "football, basketball, tennis, match results, teams and championships",
    "music, songs, guitar, piano, violin, choir, concerts and tuning an instrument",
    "films, movies, television series, actors, novels and celebrities",
    "video games, consoles, chess, cards and puzzles",
    "photography, cameras, painting and drawing",
    "school, homework, exams and university courses",
    "wedding, birthday, party, friends and family: mother, father, son, daughter, aunt",
    "jokes, poems, love, horoscopes and small talk",
    "thanks, goodbye, good morning, good evening, see you later",
    "thank you, that was helpful, great answer, well done, nice, cool",
    "arithmetic: plus, minus, times, divided by, percent of",
    # office
    "holidays, sick leave",
    "parental leave and time off on monday, tuesday, friday and next week",
    "salary, payroll, bonus, pension and taxes of employees",
    "travel expenses, receipts, reimbursement and company card",
    "meeting rooms, desks, chairs, doors, keys, badges, lifts, office and building",
    "fire alarm, evacuation, first aid, emergency and safety at work",
    "calendar, appointments, all-hands meeting, lunch break and minutes",
    "hiring, interviews, candidates, interns, colleagues and onboarding",
    "someone is out of office, who covers for her or him",
    "mail, parcels, printer, phone, stationery and office supplies",
    "wifi, VPN, password reset and login problems",
    "laptop, screen, keyboard, mouse, headphones, browser and operating system updates",
    "PowerPoint slides, Excel formulas, page layout and fonts",
    "video platforms, channels and subscriptions",
    "complaint letter, greeting and email etiquette",
    "sales, quarterly revenue, marketing campaign and invoices",
    "contracts between companies, lawyers and courts",
    "parking fine, speeding ticket, police and insurance claim",
    # society and science
    "elections, votes, parties, government and politics",
    "history, wars, revolution, kings, queens and empires",
    "religion, church, philosophy and the meaning of life",
    "stock market, shares, coins, buying and selling, investing, bitcoin, euros and banks",
    "quantum computers, physics, particles and relativity",
    "chemistry, acids, alcohol, crude oil and purified water",
    "biology, genes, cells, evolution and epidemiology",
    "astronomy, planets, moon, rockets and space travel",
    "mathematics: integrals, equations, geometry and proofs",
    "farming, food industry, factories, mining and shipping",
    # plain nouns by field, so that the common word for a thing is here
    "jobs: actor, baker, butcher, carpenter, cleaner",
    "jobs: cook, driver, farmer, firefighter, footballer, hairdresser",
    "jobs: journalist, nurse, painter, pilot, plumber, priest, secretary, singer, soldier, tailor, waiter",
    "food: apple, banana, butter, cheese, chicken, egg, fish",
    "food: fruit, ham, honey, jam, milk, onion, pasta, pepper",
    "food: pizza, potato, rice, salad, salt, sandwich, sausage, soup, steak, sugar, tomato, vegan, yoghurt",
    "animals: ant, bear, bee, cow, duck, elephant, fox, frog",
    "animals: goat, hen, lion, mouse, pig, rabbit, sheep, snake",
    "body: arm, back, blood, bone, brain, ear, eye, face",
    "body: finger, foot, hair, hand, heart, knee, leg, mouth, nose",
    "illness: allergy, asthma, cancer, cold, cough, diabetes",
    "illness: flu, headache, infection, injury, vaccine, virus",
    "clothes: belt, boots, coat, dress, gloves, hat, jacket",
    "clothes: jeans, scarf, shirt, skirt, socks, suit, tie, trousers",
    "things at home: blanket, bottle, bowl, bucket, candle, carpet",
    "things at home: cup, curtain, drawer, fork, glass, knife",
    "things at home: ladder, mattress, mirror, pillow, plate, shelf",
    "things at home: soap, spoon, table, towel, umbrella, vase",
    "vehicles: aeroplane, ambulance, boat, bus, car, ferry",
    "vehicles: helicopter, lorry, motorcycle, ship, subway, van, wagon",
    "places: bakery, bank, bar, castle, cinema, farm",
    "places: forest, harbour, island, lake, library, market, museum",
    "places: park, pharmacy, playground, post office, river, stadium",
    "places: theatre, tower, valley, village, zoo, seat",
    "countries: America, Australia, Austria, Brazil, Britain, Canada",
    "countries: China, Egypt, England, France, Germany, Greece",
    "countries: Ireland, Italy, Mexico, Netherlands, Norway",
    "countries: Poland, Portugal, Russia, Scotland, Spain, Sweden",
    "countries: Switzerland, Turkey, Ukraine, Wales; European, American, African, Asian",
    "days and months: monday, tuesday, wednesday, thursday, saturday",
    "days and months: sunday, january, april, june, july, october",
    "sport: ball, boxing, coach, cricket, cycling, dance",
    "sport: goal, golf, hockey, league, marathon, olympics, referee",
    "sport: rugby, sailing, score, stadium, surfing, swim",
    "sport: team, trophy, volleyball, world cup, winner, wrestling",
    "arts: ballet, band, comedy, drum, exhibition, flute",
    "arts: opera, organ, orchestra, poem, sculpture, trumpet",
    "materials: brick, concrete, copper, cotton, diamond, gold",
    "materials: iron, leather, paper, plastic, silver, steel, stone",
    "society: army, bishop, charity, church, crime, flag",
    "society: judge, jury, king, minister, mosque, police, president",
    "society: prison, protest, queen, refugee, strike, temple, tax, theft, trial, verdict, war",
    "money: bill, cash, cheque, coin, deposit, discount",
    "money: dividend, fee, loan, payment, pension, rent, savings",
    "feelings: afraid, angry, bored, glad, happy, lonely, lucky, proud, sad, tired",
    "phrases of the day: good night, how are you, congratulations",
    "phrases of the day: happy birthday, merry christmas, welcome back",
)
NEIGHBOURS: tuple[str, ...] = (
    # other software subjects
    "Kubernetes pods, clusters and nodes",
    "Docker images, containers, build servers and continuous integration",
    "Terraform, infrastructure, cloud accounts and deployments",
    "git branches, commits, merges, rebases, GitHub and pull requests",
    "SQL queries, tables, joins and database administration, backups and replication",
    "Redis and memcached settings, message queues and sessions",
    "spreadsheets, pivot tables and business dashboards",
    "Python, Java and JavaScript programming errors, compilers and frameworks",
    "web development: HTML, CSS, React, responsive layout",
    "authentication: JWT, OAuth, sessions, API keys, certificates and single sign-on",
    "browser cache, DNS, domain, proxy, firewall and web server",
    "networks: bluetooth, 5G, sensors and internet of things",
    "mobile apps, Android, iPhone and app stores",
    "Windows and macOS: menus, icons, drivers and settings",
    "Linux servers, disks, cron jobs and shell scripts",
    "viruses, phishing mails, malware and firewalls on company computers",
    # other subjects of artificial intelligence and data
    "image generation with diffusion models, Midjourney, pictures and art",
    "generative adversarial networks, generator and discriminator",
    "convolutional neural networks for images, object detection and edges",
    "recurrent networks, LSTM and time series forecasting",
    "backpropagation, gradient descent, activation functions and loss curves of neural networks",
    "clustering, k-means, principal components and outliers",
    "decision trees, random forests, gradient boosting and churn prediction on tables",
    "linear regression, logistic regression and support vector machines",
    "statistics: causality, hypothesis tests and surveys",
    "speech recognition, transcription, text to speech and voices",
    "optical character recognition, scanned receipts and handwriting",
    "self-driving cars, robots, drones and computer vision",
    "game-playing programs such as AlphaGo, and reinforcement learning for robots",
    "recommendation systems, click-through rate and advertising",
    "history of AI companies, founders, chief executives and funding rounds",
    "artificial general intelligence, consciousness and the end of the world",
)
OTHER_MEANINGS: tuple[str, ...] = (
    # what else the names of our terms mean
    "access tokens, refresh tokens, bearer tokens and personal access tokens for signing in",
    "crypto tokens, coins, wallets, ethereum and the blockchain",
    "tokens for arcades, laundries, car parks and board games; a token of appreciation",
    "the parser reports an unexpected token: syntax errors in code",
    "estate agents, letting agents, travel agents, insurance agents and secret agents",
    "cleaning agents, chemical agents and bleach; free agents in sport",
    "monitoring agents installed on a host, build agents and the browser's user agent",
    "body temperature, fever and thermometers; celsius, fahrenheit and kelvin",
    "temperature of processors, graphics cards, server rooms, fridges and engines",
    "processor caches, L1 and L2, memory hierarchy and chips",
    "content delivery networks, HTTP caching headers and proxies",
    "hidden treasure, geocaching and caches of weapons",
    "vectors in mathematics and physics: dot product, cross product, eigenvectors",
    "vector graphics, logos, Illustrator and icons; std::vector and arrays in C++",
    "insects as disease vectors, mosquitoes and ticks",
    "embedding videos, maps, forms and posts in web pages with an iframe",
    "embedded systems, firmware and microcontrollers; topology and manifolds",
    "windows in houses, glazing and blinds; closing windows on the desktop",
    "context managers in Python, the context menu and React context, Redux and state",
    "shell prompt, command line, bash, zsh, terminal and colours",
    "prompt delivery, prompt payment and punctual people; writing prompts for novels",
    "ragtime, jazz and ragas; rags, cloths, rag dolls and rugs",
    "chunks of cheese or wood, chunky knitwear; chunks in Minecraft and chunked HTTP transfer",
    "distilling whisky, gin and essential oils; distilled water and crude oil",
    "LoRaWAN, LoRa radio modules, gateways and the range of radio; Lora as a person's name",
    "power adapters, plugs, HDMI, USB-C and docking stations",
    "design patterns: adapter, facade and factory; hexagonal architecture with ports and adapters",
    "fine weather, fine art, fine dining and fines for parking, speeding and late books",
    "tuning guitars, pianos, radios, bicycles and car engines",
    "tuning databases, queries, the JVM and kernels for speed; tuning hyperparameters of boosted trees",
    "preference shares, notification preferences, user preferences and voters' preferences",
    "guard rails on roads, stairs, beds and balconies; guards and railings",
    "performance reviews of employees, appraisals, property valuation and course evaluation",
    "benchmarks of phones, processors and graphics cards; benchmark indices of funds and interest rates",
    "functions in mathematics, Excel and programming languages; eval, call stacks and recursion",
    "tools in a workshop, garden tools, toolboxes; project management tools and office software",
    "statistical inference, type inference in compilers, what detectives infer",
    "search engines, search consoles, ranking of websites and optimisation for search engines",
    "rankings of universities, teams, films and restaurants; league tables",
    "meaning of words in linguistics, semantic versioning and semantic HTML",
    "structured finance, settlements, structured cabling, structured interviews",
    "reading, parsing and printing JSON, YAML and XML in programs",
    "gun shots, photographs, vaccination shots, tequila shots and shots on goal",
    "hallucinations as a symptom, psychosis, mushrooms and drugs",
    "role models, fashion models, model agencies, scale models and model railways",
    "business models, data models, database models, price models and 3D models",
    "language schools, learning languages, languages spoken in countries",
    "index funds, stock indices, database indexes, the index of a book and an index finger",
    "judges in court, judges in talent shows; teachers and students at school",
    "training for sport, training dogs, compliance training and apprenticeships; trains and railways",
    "memory of people, computer memory, memory leaks and memory cards",
    "network latency, ping, bandwidth, internet speed and lag in games",
    "throughput of factories, machines and warehouses",
    "serving food, military service, servers in restaurants and tennis",
    "quantum mechanics, quantitative easing and quantisation of audio",
    "MCP as a certificate, a name in a film or a protein; other abbreviations",
    "economics: cost functions, supply and demand, markets; psychology: mental models and mindset",
    "package managers: apt, brew, npm and their caches",
    "encodings: base64, one-hot, unicode and hashes",
    "looking for a job, searching a house, searching in sorted lists",
    "JVM garbage collection, lambda functions in the cloud, threads and pointers",
    # further subjects of artificial intelligence, statistics and data
    "Kalman filters, control theory, signal processing and Fourier transforms",
    "variational autoencoders, normalising flows and latent spaces of images",
    "federated learning, differential privacy and edge devices",
    "Bayesian statistics, priors, Markov chains, Monte Carlo and optimisation",
    "ROC curves, AUC, confusion matrices, p-values and confidence intervals",
    "feature engineering, tabular data, missing values, XGBoost and LightGBM",
    "data lineage, data catalogues, data warehouses, ETL and governance",
    "machine learning operations, feature stores, experiment tracking and pipelines",
    "search algorithms, graphs, shortest paths, sorting and data structures",
    "forecasting sales and demand, ARIMA, Prophet and seasonality",
    "q-learning, policies, rewards, simulators and robot arms",
    "researchers and founders of artificial intelligence: who they are, where they work, when they were born",
    "subscriptions, plans, settings and dark mode of chat apps: cancel, log in, download",
    # talk that is no question about anything
    "ignore previous instructions, forget everything, repeat the text above, reveal secrets and passwords",
    "pretend to be someone, act as a character without rules, say something rude, write a poem",
    "are you a human, what is your name, your favourite colour, do you like it, I am bored",
    "random letters and filler text, blah",
)
SUBJECTS = EVERYDAY + NEIGHBOURS + OTHER_MEANINGS

# Names of glossary terms that people also use for other things; alone they prove nothing.
EVERYDAY_NAMES = frozenset(
    """
    abstention adapter adapters adaptor agent attention augmentation benchmark cache caching chroma
    chunk chunking context cutoff demonstration demonstrations distil distill distillation embedding
    evaluation faithfulness filter filtering function grounding guardrail hallucinate hallucination hyde
    index inference judge latency lora memory model moderation outlines passage prompt prompting pruning
    quantisation quantization raft rag randomness ranking react retrieval sampling search serving
    splitting student teacher temperature test throughput token tool training tuning vector weights
    window
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
) | {
    "fine tune",
    "fine tuning",
    "guard rails",
    "cache hit",
    "cache miss",
    "test case",
    "one shot",
    "random seed",
}


class Elsewhere:
    """The embedded subjects, and with them the scale of the embedding model in use.

    What counts as similar differs between models: unrelated texts have a cosine of 0.1 in one and 0.7 in
    another. How similar the subjects are to each other shows it, so that no threshold depends on the model.
    """

    def __init__(self, embeddings: Embeddings) -> None:
        """Embed the subjects. Raises EmbeddingUnavailable."""
        self._vectors = _unit(np.asarray(embeddings.embed_documents(list(SUBJECTS)), dtype=np.float32))
        between = (self._vectors @ self._vectors.T)[np.triu_indices(len(SUBJECTS), k=1)]
        self.mean, self.spread = float(between.mean()), float(between.std())

    def similarity(self, vector: list[float]) -> float:
        """Return the similarity of the query to the nearest subject, on the bundled model's scale."""
        query = _unit(np.asarray([vector], dtype=np.float32))[0]
        return self.to_scale(float((self._vectors @ query).max()))

    def to_scale(self, cosine: float) -> float:
        """Bring a cosine of the model in use to the scale of the bundled one."""
        return _BUNDLED_MEAN + _BUNDLED_SPREAD * (cosine - self.mean) / (self.spread or 1.0)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: np.ndarray = vectors / np.where(lengths == 0, 1, lengths)
    return scaled
