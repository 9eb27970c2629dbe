package io.github.reedgate.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One of a few words.
 *
 * @param <T> what they stand for
 */
final class WordType<T> implements ValueType<T> {

    private final List<String> words;
    private final Map<String, T> meanings;
    private final Map<String, String> synonyms;
    private final String explanation;

    private WordType(List<String> words, Map<String, T> meanings, Map<String, String> synonyms, String explanation) {
        this.words = List.copyOf(words);
        this.meanings = Map.copyOf(meanings);
        this.synonyms = Map.copyOf(synonyms);
        this.explanation = explanation;
    }

    /** The constants' names in lower case. */
    @SafeVarargs
    static <E extends Enum<E>> WordType<E> of(E... constants) {
        Map<String, E> meanings = new LinkedHashMap<>();
        for (E constant : constants) {
            meanings.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return new WordType<>(new ArrayList<>(meanings.keySet()), meanings, Map.of(), "");
    }

    /** Two words, the first of which means true. */
    static WordType<Boolean> trueOrFalse(String whenTrue, String whenFalse) {
        return new WordType<>(List.of(whenTrue, whenFalse), Map.of(whenTrue, true, whenFalse, false), Map.of(), "");
    }

    /** The same, which also knows what other words are probably meant to be. */
    WordType<T> guessing(Map<String, String> otherWords) {
        return new WordType<>(words, meanings, otherWords, explanation);
    }

    /** The same, which says this when it cannot guess what was meant. */
    WordType<T> explaining(String sentence) {
        return new WordType<>(words, meanings, synonyms, sentence);
    }

    @Override
    public T parse(String text) throws BadValueException {
        T meaning = meanings.get(text);
        if (meaning == null) {
            String lower = text.toLowerCase(Locale.ROOT);
            String hint = Optional.ofNullable(synonyms.get(lower))
                    .or(() -> Nearest.of(text, words))
                    .map(word -> "did you mean '" + word + "'?")
                    .orElse(explanation);
            throw BadValueException.of(text, "is not one of the words", hint);
        }
        return meaning;
    }

    @Override
    public String allowed() {
        return String.join(", ", words);
    }
}
