"""Text by a frozen BERT: token vectors of the last layer, from a hub or a local folder."""

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from config.sentences import Sentence, sentence
from datasets.vocabulary import Modality
from modeling.extractors.interface import ClipInput, Extracted, ExtractorUnavailable

TOKENS = 50  # length of the published arrays, [CLS] and [SEP] among them
HUB_SECONDS = 5.0


class Bert:
    """One vector for each token of a transcript, [CLS] first; longer transcripts are cut at TOKENS."""

    name = "bert"
    modality = Modality.TEXT
    version = "1"
    rate: float | None = None
    token_length: int | None = TOKENS

    def __init__(self, model: str) -> None:
        """`model` names a model of the hub, or a folder that holds one."""
        self.model = model
        self._loading = threading.Lock()

    @property
    def settings(self) -> Mapping[str, object]:
        """Model and length."""
        return {"model": self.model, "tokens": TOKENS}

    @property
    def columns(self) -> tuple[str, ...]:
        """Dimensions of the model's hidden state, which have no names of their own."""
        return tuple(f"hidden_{place}" for place in range(self._network.config.hidden_size))

    def problem(self) -> Sentence | None:
        """Whether the model is neither in the named folder nor downloaded yet."""
        if Path(self.model).is_dir():
            missing = [name for name in ("config.json", "model.safetensors") if not (Path(self.model) / name).is_file()]
            return _lacking(self.model, missing) if missing else None
        from huggingface_hub import try_to_load_from_cache

        if _names_a_folder(self.model) or not isinstance(try_to_load_from_cache(self.model, "config.json"), str):
            return sentence(
                "bert_not_here",
                "The BERT model {model} is neither a folder here nor downloaded: set CUESET_BERT_MODEL to a folder "
                "that holds one, or to a model's name on a hub that this machine reaches.",
                model=self.model,
            )
        return None

    def check(self) -> None:
        """Accept a model that is here or that the hub offers."""
        problem = self.problem()
        if problem and (Path(self.model).exists() or _names_a_folder(self.model) or not _hub_offers(self.model)):
            raise ExtractorUnavailable(str(problem))

    @cached_property
    def _network(self) -> Any:  # transformers' auto classes are untyped
        return self._load("AutoModel", use_safetensors=True).eval()  # never a pickled checkpoint

    @cached_property
    def _tokenizer(self) -> Any:
        return self._load("AutoTokenizer")

    def _load(self, kind: str, **options: Any) -> Any:
        import transformers

        try:
            with self._loading:
                return getattr(transformers, kind).from_pretrained(self.model, **options)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise ExtractorUnavailable(
                f"The BERT model {self.model} cannot be loaded ({reason}); set CUESET_BERT_MODEL to one that can."
            ) from error

    def extract(self, clip: ClipInput) -> Extracted:
        """Frames (tokens, hidden size) without padding, and the tokens (3, 50) with it."""
        import torch

        encoded = self._tokenizer(
            clip.transcript, max_length=TOKENS, truncation=True, padding="max_length", return_token_type_ids=True
        )
        tokens = np.array([encoded["input_ids"], encoded["attention_mask"], encoded["token_type_ids"]], np.int64)
        length = int(tokens[1].sum())
        ids, mask, types = (torch.from_numpy(row[None, :length]) for row in tokens)
        with torch.inference_mode():
            hidden = self._network(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        return Extracted(frames=hidden[0].float().numpy(), tokens=tokens)


def _lacking(folder: str, files: list[str]) -> Sentence:
    return sentence(
        "bert_lacks_files", "The folder {folder} (CUESET_BERT_MODEL) lacks {files}.",
        folder=folder, files=" and ".join(files),
    )  # fmt: skip


def _names_a_folder(model: str) -> bool:
    """Whether no hub could hold a model of this name."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils._validators import validate_repo_id

    try:
        validate_repo_id(model)
    except HFValidationError:
        return True
    return False


def _hub_offers(model: str) -> bool:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        HfApi().model_info(model, timeout=HUB_SECONDS)
    except (HfHubHTTPError, OSError, ValueError):
        return False
    except Exception as error:  # errors of the hub's transport, whose package differs between versions
        if type(error).__module__.startswith(("httpx", "httpcore", "requests", "urllib3")):
            return False
        raise
    return True
