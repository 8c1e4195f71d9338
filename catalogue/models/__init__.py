"""The tables of the catalogue; Django finds the models here, and other packages import them from here."""
# ruff: noqa: F401

from catalogue.models.adaptation import Adaptation, AdaptationStep
from catalogue.models.autosave import UnsavedWork
from catalogue.models.cached_file import CachedFile, CachedFilePiece
from catalogue.models.classification import Classification
from catalogue.models.contact import Contact, Organisation
from catalogue.models.document import PracticeDocument
from catalogue.models.edition import Edition, Reference
from catalogue.models.editorial import (
    AuditEntry,
    EditorProfile,
    PreviewLink,
    RecordVersion,
    Transition,
    TranslationUpload,
)
from catalogue.models.enquiry import Enquiry
from catalogue.models.evidence import Citation, EditorsNote, LegalInstrument, Link, Result
from catalogue.models.frozen_edition import EditionDocument, EditionEntry, FrozenEdition
from catalogue.models.imports import ImportedPractice, ImportRun
from catalogue.models.link_check import LinkCheck
from catalogue.models.meetings import CommitmentAnswer, Presentation
from catalogue.models.participation import Place, PracticeCountry, PracticeNetwork, PracticeOrganisation, PracticeScope
from catalogue.models.practice import Practice
from catalogue.models.public_record import PublicRecord
from catalogue.models.search import PostgresIndex, SearchDocument, SqliteIndex, SynonymSet, SynonymToken
from catalogue.models.suggestion import SuggestedName, SuggestedRecord
from catalogue.models.version import CatalogueChange, CatalogueVersion
from catalogue.models.vocabulary import Term
